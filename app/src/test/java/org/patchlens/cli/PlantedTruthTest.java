package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.Shared;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.cluster.Clusters;
import org.patchlens.analysis.neighbors.Neighbors;
import org.patchlens.analysis.probe.Probe;
import org.patchlens.learning.CrossValidation;
import org.patchlens.learning.Learner;
import org.patchlens.learning.Targets;
import org.patchlens.stats.ClusterBootstrap;
import org.patchlens.stats.Groups;
import org.patchlens.stats.Interval;
import org.patchlens.stats.Ranking;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// What was planted in phantoms is found, and what was not planted is not: the whole way from images to findings.
///
/// The model is the one inside the program; a build without it takes the ViT-Tiny of the shared data.
class PlantedTruthTest {
    private static final String BUNDLED = "/org/patchlens/model/bundled/patchlens-tiny/config.json";
    private static final List<String> LESIONS =
            List.of("ground-glass", "consolidation", "nodule", "effusion", "emphysema");

    private static final int QUERIES = 60;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeStudies() throws IOException {
        make("plain");
        make("planted", "--shortcut", "marker:1");
    }

    /// As many patients as the demo has: of 32, a test by permutation misses the disease with some models.
    private static void make(String name, String... shortcut) throws IOException {
        Path images = folder.resolve(name + "-images");
        List<String> phantom = new ArrayList<>(
                List.of("phantom", "--out", images.toString(), "--patients", "60", "--slices", "2", "--pixels", "192"));
        phantom.addAll(List.of(shortcut));
        run(phantom);
        addLottery(images.resolve("metadata.csv"));
        String model = PlantedTruthTest.class.getResource(BUNDLED) != null
                ? "patchlens-tiny"
                : Shared.path("models/vit-tiny-patch16-224").toString();
        run(List.of(
                "extract",
                images.resolve("images").toString(),
                "--model",
                model,
                "--size",
                "224",
                "--window",
                "424/1500",
                "--metadata",
                images.resolve("metadata.csv").toString(),
                "--masks",
                images.resolve("masks").toString(),
                "--mask-classes",
                images.resolve("classes.json").toString(),
                "--study",
                folder.resolve(name).toString()));
    }

    private static void run(List<String> arguments) {
        CommandLineRun run = CommandLineRun.with(
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()), folder, arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.OK);
    }

    /// A label that nothing in the images can know: every other diseased and every other normal patient has it.
    private static void addLottery(Path table) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, String> drawn = new HashMap<>();
        List<String> rows = new ArrayList<>();
        for (String row : Files.readAllLines(table)) {
            String[] cells = row.split(",", -1);
            String ticket = cells[1].equals("patient")
                    ? "lottery"
                    : drawn.computeIfAbsent(
                            cells[1], patient -> seen.merge(cells[2], 1, Integer::sum) % 2 == 0 ? "win" : "lose");
            rows.add(row + "," + ticket);
        }
        Files.write(table, rows);
    }

    private static Study open(String name) {
        return Study.open(folder.resolve(name));
    }

    private static Probe.Result probe(Study study, String target) {
        return Probe.of(
                study, Probe.ANALYSIS.schema().parse(Map.of("target", target, "permutations", "200")), Progress.NONE);
    }

    @Test
    void theProbeFindsTheDiseaseAndNotALabelDrawnByLot() {
        try (Study study = open("plain")) {
            Probe.Result disease = probe(study, "label");
            assertThat(disease.shownLayer().scores().getFirst().value()).isGreaterThan(0.7);
            assertThat(disease.shownLayer().pValue()).isLessThan(0.05);
            Probe.Result lottery = probe(study, "lottery");
            assertThat(lottery.shownLayer().pValue()).isGreaterThan(0.05);
            assertThat(lottery.shownLayer().scores().getFirst().value()).isLessThan(0.7);
        }
    }

    /// Patches of lungs, scored by a linear model of the patches of other patients.
    @Test
    void patchesOfLesionsSeparateFromHealthyLung() {
        try (Study study = open("plain");
                TaskPool pool = TaskPool.ofThisMachine()) {
            LungPatches patches = LungPatches.of(study);
            double[] scores = patches.heldOutScores();
            Ranking ranking = Ranking.of(scores, patches.positive());
            ClusterBootstrap bootstrap = new ClusterBootstrap(Groups.of(patches.patients()), 200, new Seed(1));
            Interval interval = bootstrap.percentiles(ranking::auroc, pool);
            assertThat(interval.low()).isGreaterThan(0.75);
        }
    }

    /// Lesions of all kinds ask, evenly chosen over the study. By chance a hit would be a lesion as often as a
    /// patch of the study is one.
    @Test
    void theNearestPatchesOfLesionsAreLesionsOfOtherPatients() {
        try (Study study = open("plain")) {
            int columns = study.manifest().grid().columns();
            List<int[]> lesions = lesionPatches(study, 0.6);
            int step = Math.max(1, lesions.size() / QUERIES);
            double found = 0;
            double asked = 0;
            for (int i = 0; i < lesions.size(); i += step) {
                int[] lesion = lesions.get(i);
                for (Neighbors.Hit hit : nearestOfOthers(study, lesion[0], lesion[1])) {
                    assertThat(patient(study, hit.index())).isNotEqualTo(patient(study, lesion[0]));
                    found += lesionShare(study, hit.index(), hit.row() * columns + hit.column()) > 0.2 ? 1 : 0;
                    asked++;
                }
            }
            double chance = (double) lesionPatches(study, 0.2).size()
                    / (study.images().size() * study.manifest().grid().patches());
            assertThat(found / asked).isGreaterThan(5 * chance);
        }
    }

    private static List<Neighbors.Hit> nearestOfOthers(Study study, int image, int patch) {
        int columns = study.manifest().grid().columns();
        Map<String, String> options = Map.of(
                "image",
                study.images().get(image).id(),
                "patch",
                patch / columns + "," + patch % columns,
                "exclude",
                "same-patient",
                "k",
                "10");
        return Neighbors.of(study, Neighbors.ANALYSIS.schema().parse(options), Progress.NONE)
                .hits();
    }

    @Test
    void aPlantedMarkerIsFoundByClusteringAndNoneWhereNoneIs() {
        try (Study planted = open("planted");
                Study plain = open("plain")) {
            assertThat(strongestCluster(planted)).isGreaterThan(0.9);
            assertThat(strongestCluster(plain)).isLessThan(0.75);
        }
    }

    /// How much more often a cluster of patches occurs in diseased than in normal images, for the one that differs
    /// most: 1 if it is in all of those and in none of these.
    private static double strongestCluster(Study study) {
        Clusters.Result result = Clusters.of(
                study, Clusters.ANALYSIS.schema().parse(Map.of("clusters", "40", "most", "20000")), Progress.NONE);
        int clusters = result.clusters().size();
        int images = study.images().size();
        boolean[][] present = new boolean[clusters][images];
        for (int point = 0; point < result.labels().size(); point++) {
            present[result.labels().get(point)][result.images().get(point)] = true;
        }
        double strongest = 0;
        for (boolean[] cluster : present) {
            strongest = Math.max(strongest, share(study, cluster, "diseased") - share(study, cluster, "normal"));
        }
        return strongest;
    }

    private static double share(Study study, boolean[] present, String label) {
        int all = 0;
        int hits = 0;
        for (int image = 0; image < present.length; image++) {
            if (study.metadata().get("label").text(image).orElseThrow().equals(label)) {
                all++;
                hits += present[image] ? 1 : 0;
            }
        }
        return (double) hits / all;
    }

    private static String patient(Study study, int image) {
        return study.metadata().get("patient").text(image).orElseThrow();
    }

    private static double lesionShare(Study study, int image, int patch) {
        FloatMatrix coverage = study.coverage(image).orElseThrow();
        double share = 0;
        for (String lesion : LESIONS) {
            share += coverage.get(patch, study.manifest().maskClasses().indexOf(lesion));
        }
        return share;
    }

    /// Image and patch of all patches of which lesions cover more than a share.
    private static List<int[]> lesionPatches(Study study, double share) {
        List<int[]> lesions = new ArrayList<>();
        for (int image = 0; image < study.images().size(); image++) {
            for (int patch = 0; patch < study.manifest().grid().patches(); patch++) {
                if (lesionShare(study, image, patch) > share) {
                    lesions.add(new int[] {image, patch});
                }
            }
        }
        return lesions;
    }

    /// Patches that are mostly lung or mostly lesion.
    ///
    /// @param rows their embeddings, one after the other
    /// @param patients whose they are
    /// @param lesions 1 for lesions, else 0
    private record LungPatches(List<Float> rows, List<String> patients, List<Integer> lesions) {
        static LungPatches of(Study study) {
            LungPatches patches = new LungPatches(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            int lung = study.manifest().maskClasses().indexOf("lung");
            for (int image = 0; image < study.images().size(); image++) {
                FloatMatrix embeddings =
                        study.embeddings(image, study.deepestLayer()).patches();
                FloatMatrix coverage = study.coverage(image).orElseThrow();
                for (int patch = 0; patch < coverage.rows(); patch++) {
                    boolean lesion = lesionShare(study, image, patch) > 0.6;
                    if (lesion || coverage.get(patch, lung) > 0.6) {
                        patches.add(embeddings.row(patch), patient(study, image), lesion);
                    }
                }
            }
            return patches;
        }

        private void add(FloatMatrix row, String patient, boolean lesion) {
            for (int d = 0; d < row.columns(); d++) {
                rows.add(row.get(0, d));
            }
            patients.add(patient);
            lesions.add(lesion ? 1 : 0);
        }

        boolean[] positive() {
            boolean[] positive = new boolean[lesions.size()];
            for (int i = 0; i < positive.length; i++) {
                positive[i] = lesions.get(i) == 1;
            }
            return positive;
        }

        double[] heldOutScores() {
            int count = patients.size();
            float[] values = new float[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.get(i);
            }
            FloatMatrix matrix = FloatMatrix.of(count, values.length / count, values);
            int[] classes = lesions.stream().mapToInt(Integer::intValue).toArray();
            CrossValidation validation =
                    CrossValidation.of(Targets.classes(classes, 2), Groups.of(patients), 5, 1, new Seed(1));
            int[] own = IntStream.range(0, count).toArray();
            double[] scores = new double[count];
            for (CrossValidation.HeldOut fold :
                    validation.run(matrix, own, new Learner.Ridge(List.of(0.01)), 2, done -> {})) {
                for (int i = 0; i < fold.samples().size(); i++) {
                    scores[fold.samples().get(i)] =
                            fold.predictions().get(i, fold.predictions().columns() - 1);
                }
            }
            return scores;
        }
    }
}
