package org.patchlens.analysis.attention.atlas;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.analysis.attention.TokenReading;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.OrderedTasks;
import org.patchlens.tensor.TaskPool;

/// Measures all heads, image by image.
final class AtlasScan {
    static final String DISTANCE = "distance";

    private final Study study;
    private final StudyManifest manifest;
    private final AtlasOptions options;
    private final Progress progress;
    private final Regions regions;
    private final int layers;
    private final int heads;
    private final long work;
    private long done;

    AtlasScan(Study study, AtlasOptions options, Progress progress) {
        this.study = study;
        this.manifest = study.manifest();
        this.options = options;
        this.progress = progress;
        this.regions = Regions.of(study, options.factor());
        this.layers = manifest.model().layers();
        this.heads = manifest.model().heads();
        long ofCls = manifest.attention() == AttentionStorage.CLS
                ? spread(options.images()).size()
                : 0;
        long ofPatches =
                options.sample() == 0 ? 0 : (long) spread(options.sample()).size() * layers;
        this.work = ofCls + ofPatches;
        progress.report("attention", 0, work);
    }

    /// The indices of `wanted` images, evenly spread over the study; all for 0.
    private List<Integer> spread(int wanted) {
        int all = study.images().size();
        int count = wanted == 0 ? all : Math.min(wanted, all);
        return IntStream.range(0, count)
                .mapToObj(i -> (int) ((long) i * all / count))
                .toList();
    }

    /// What the stored rows of the CLS token tell.
    AttentionAtlas.Reading cls() {
        List<Integer> images = spread(options.images());
        List<Moments> moments = moments(false);
        OrderedTasks.run(options.workers(), images.size(), i -> clsOf(images.get(i)), (i, values) -> {
            values.addTo(moments);
            progress.report("attention", ++done, work);
        });
        return reading(images, moments);
    }

    private AttentionAtlas.Reading reading(List<Integer> images, List<Moments> moments) {
        return new AttentionAtlas.Reading(
                images.size(),
                study.images().size(),
                moments.stream().map(Moments::measure).toList());
    }

    /// The names of all measures.
    ///
    /// @param ofPatches whether what patches read is among them
    List<String> names(boolean ofPatches) {
        return moments(ofPatches).stream().map(Moments::name).toList();
    }

    private List<Moments> moments(boolean ofPatches) {
        List<Moments> moments = new ArrayList<>();
        moments.add(new Moments("entropy", "bits", layers, heads));
        if (ofPatches) {
            moments.add(new Moments(DISTANCE, "pixels", layers, heads));
        }
        regions.names().forEach(name -> moments.add(new Moments(name, "share", layers, heads)));
        return moments;
    }

    /// The measures of one image: of every measure `float[L][A]`, and what uniform attention would give.
    private record Values(List<FloatMatrix> measures, FloatMatrix uniform) {
        void addTo(List<Moments> moments) {
            for (int m = 0; m < moments.size(); m++) {
                FloatMatrix values = measures.get(m);
                for (int layer = 1; layer <= values.rows(); layer++) {
                    for (int head = 0; head < values.columns(); head++) {
                        moments.get(m).add(layer, head, values.get(layer - 1, head));
                    }
                }
                for (int row = 0; row < uniform.rows(); row++) {
                    moments.get(m).addUniform(uniform.get(row, m));
                }
            }
        }
    }

    private Values clsOf(int image) {
        ClsAttention attention = study.attention(image).orElseThrow();
        int measures = 1 + regions.names().size();
        List<FloatMatrix> values = new ArrayList<>();
        for (int m = 0; m < measures; m++) {
            values.add(FloatMatrix.zeros(layers, heads));
        }
        FloatMatrix uniform = FloatMatrix.zeros(layers, measures);
        for (int layer = 1; layer <= layers; layer++) {
            FloatMatrix weights = regions.weights(image, layer);
            uniform.set(layer - 1, 0, (float) log2(manifest.tokens()));
            for (int region = 0; region < weights.rows(); region++) {
                uniform.set(layer - 1, 1 + region, (float) (sum(weights, region) / manifest.tokens()));
            }
            for (int head = 0; head < heads; head++) {
                FloatMatrix row = attention.row(layer, head);
                values.get(0).set(layer - 1, head, (float) TokenReading.entropy(row));
                for (int region = 0; region < weights.rows(); region++) {
                    values.get(1 + region).set(layer - 1, head, (float) share(row, weights, region));
                }
            }
        }
        return new Values(values, uniform);
    }

    /// What the patches of a sample of the images read.
    AttentionAtlas.Reading patches(AttentionSource source) {
        List<Integer> images = spread(options.sample());
        List<Moments> moments = moments(true);
        PatchDistances distances =
                new PatchDistances(manifest.grid(), manifest.model().patchSize());
        List<Integer> blocks = IntStream.rangeClosed(1, layers).boxed().toList();
        try (TaskPool pool = new TaskPool(options.workers())) {
            source.read(images, blocks, (image, block, matrices) -> {
                add(pool, image, block, matrices, moments, distances);
                progress.report("attention", ++done, work);
            });
        }
        moments.get(0).addUniform(log2(manifest.tokens()));
        moments.get(1).addUniform(distances.mean());
        return reading(images, moments);
    }

    private void add(
            TaskPool pool,
            int image,
            int block,
            FloatMatrix matrices,
            List<Moments> moments,
            PatchDistances distances) {
        int tokens = manifest.tokens();
        PatchQueries[] queries = new PatchQueries[heads];
        pool.forEach(
                heads,
                head -> queries[head] = PatchQueries.of(
                        matrices.rows(head * tokens, (head + 1) * tokens), manifest.layout(), distances));
        FloatMatrix weights = regions.weights(image, block);
        for (int head = 0; head < heads; head++) {
            moments.get(0).add(block, head, queries[head].entropy());
            moments.get(1).add(block, head, queries[head].distance());
            for (int region = 0; region < weights.rows(); region++) {
                moments.get(2 + region).add(block, head, share(queries[head].mean(), weights, region));
            }
        }
        for (int region = 0; region < weights.rows(); region++) {
            moments.get(2 + region).addUniform(sum(weights, region) / tokens);
        }
    }

    private static double log2(double value) {
        return StrictMath.log(value) / StrictMath.log(2);
    }

    private static double share(FloatMatrix row, FloatMatrix weights, int region) {
        double share = 0;
        for (int token = 0; token < row.columns(); token++) {
            share += (double) row.get(0, token) * weights.get(region, token);
        }
        return share;
    }

    private static double sum(FloatMatrix weights, int region) {
        double sum = 0;
        for (int token = 0; token < weights.columns(); token++) {
            sum += weights.get(region, token);
        }
        return sum;
    }
}
