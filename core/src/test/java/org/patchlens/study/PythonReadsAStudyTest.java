package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.build.Repository;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;

/// Runs the Python lines of `docs/how-to/read-a-study-from-python.md` on a study that was written here.
///
/// The interpreter is the one that the system property or environment variable `patchlens.python` or `PYTHON`
/// names, else `python3`; a library that it lacks is said when a test is skipped.
class PythonReadsAStudyTest {
    private static final Pattern BLOCK = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path temporary;

    private final SyntheticStudy synthetic = SyntheticStudy.of(ElementType.F16, AttentionStorage.CLS, 10);
    private Path folder = Path.of("");

    @BeforeEach
    void writeAStudy() {
        folder = temporary.resolve("cxr-study");
        synthetic.write(folder);
    }

    private static String interpreter() {
        String property = System.getProperty("patchlens.python");
        String chosen = property != null ? property : System.getenv("PYTHON");
        return Objects.requireNonNullElse(chosen, "python3");
    }

    /// The blocks of the document, for the study of this test: its layers end at 2.
    private static List<String> blocks() throws IOException {
        String document = Files.readString(Repository.root().resolve("docs/how-to/read-a-study-from-python.md"));
        return BLOCK.matcher(document)
                .results()
                .map((MatchResult block) -> block.group(1).replace("layer-12", "layer-02"))
                .toList();
    }

    private String python(String program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(interpreter(), "-c", program)
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private void assumePython(String imports) throws InterruptedException {
        boolean found;
        try {
            found = new ProcessBuilder(interpreter(), "-c", "import " + imports)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            found = false; // there is no such interpreter, which is said below
        }
        assumeTrue(
                found,
                "SKIPPED: " + interpreter() + " with " + imports
                        + " is absent; name one with the environment variable PYTHON");
    }

    @Test
    void numpyReadsALayerInFiveLines() throws Exception {
        assumePython("numpy");
        assertThat(blocks().getFirst().lines().filter(line -> !line.isBlank())).hasSize(5);
        String read = python(blocks().getFirst()
                + "print(tokens.dtype, tokens.shape, patches.shape, float(tokens.astype('f8').sum()))");
        assertThat(read).isEqualTo("float16 (10, 7, 8) (10, 6, 8) " + sum());
    }

    private double sum() {
        double sum = 0;
        try (Study study = Study.open(folder)) {
            for (int image = 0; image < 10; image++) {
                float[] values = study.embeddings(image, new Layer(2))
                        .tokens()
                        .reshape(1, 7 * 8)
                        .rowToArray(0);
                for (float value : values) {
                    sum += value;
                }
            }
        }
        return sum;
    }

    @Test
    void pandasReadsTheTableOfImages() throws Exception {
        assumePython("numpy, pandas, pyarrow");
        assertThat(python(String.join("\n", blocks())))
                .isEqualTo("ward/image-0000.png (48, 32, 1) {'covid': 5, 'normal': 5} (10, 8)");
    }

    @Test
    void pandasSeesTheTypesOfTheColumns() throws Exception {
        assumePython("numpy, pandas, pyarrow");
        String types = python("import pyarrow.parquet as p; t = p.read_table('cxr-study/images.parquet');"
                + " print([(c.name, str(c.type)) for c in t.schema], t['age'].null_count)");
        assertThat(types)
                .isEqualTo("[('index', 'int32'), ('id', 'string'), ('source', 'string'), ('frame', 'int32'),"
                        + " ('sha256', 'string'), ('width', 'int32'), ('height', 'int32'), ('shard', 'int32'),"
                        + " ('row', 'int32'), ('label', 'string'), ('age', 'int64'), ('metadata_width', 'double')] 4");
    }

    @Test
    void numpyReadsAttentionAndViews() throws Exception {
        assumePython("numpy");
        String shard = "cxr-study/shards/00002/";
        assertThat(python("import numpy as np\nfor n in ['attention-cls', 'attention-rollout', 'view']:\n"
                        + "  a = np.load('" + shard
                        + "' + n + '.npy', mmap_mode='r'); print(a.dtype, a.shape, a.flat[5])"))
                .isEqualTo("float16 (2, 2, 3, 7) " + python3(attentionOfImage8())
                        + "\nfloat16 (2, 7) "
                        + python3(SyntheticStudy.numbers(1, 7, 7L * 8 + 2).get(0, 5)) + "\nuint8 (2, 48, 32, 1) "
                        + Byte.toUnsignedInt(synthetic.view(8).samples()[5]));
    }

    private float attentionOfImage8() {
        return synthetic.image(8).attention().orElseThrow().rows().get(0, 5);
    }

    /// The shortest decimal that gives the same 16-bit number, as NumPy prints it: here read as 64 bits for both.
    private String python3(float half) throws Exception {
        return python("import numpy as np; print(np.float16(" + half + "))");
    }
}
