package org.patchlens.analysis.attention;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The matrices and numbers that `tools/reference/attention.py` made with numpy: 3 images, 3 blocks of 3 heads,
/// CLS and one register before a grid of 3 x 4.
public final class GoldenAttention {
    public static final int IMAGES = 3;
    public static final int LAYERS = 3;
    public static final int HEADS = 3;
    public static final PatchGrid GRID = new PatchGrid(3, 4);
    public static final TokenLayout LAYOUT = TokenLayout.clsAndRegisters(1);

    private static final int TOKENS = 14;
    private static final byte[] NUMBERS = bytes("matrices.f32");

    private GoldenAttention() {}

    /// What numpy says of them.
    public static JsonNode numbers() {
        return JsonMapper.shared().readTree(bytes("golden.json"));
    }

    /// The matrices of one block of one image, `float[A * T][T]`.
    static FloatMatrix matrices(int image, int block) {
        int rows = HEADS * TOKENS;
        FloatMatrix matrices = FloatMatrix.zeros(rows, TOKENS);
        ByteBuffer numbers = ByteBuffer.wrap(NUMBERS).order(ByteOrder.LITTLE_ENDIAN);
        int start = (image * LAYERS + block - 1) * rows * TOKENS;
        for (int i = 0; i < rows * TOKENS; i++) {
            matrices.set(i / TOKENS, i % TOKENS, numbers.getFloat((start + i) * Float.BYTES));
        }
        return matrices;
    }

    /// The matrices as an analysis gets them.
    public static AttentionSource source() {
        return (images, blocks, reader) ->
                blocks.forEach(block -> images.forEach(image -> reader.take(image, block, matrices(image, block))));
    }

    /// Every token reads one patch with 0.35 and every other token with 0.05.
    static AttentionSource allOnPatch(int patch) {
        return (images, blocks, reader) -> blocks.forEach(block -> images.forEach(image -> {
            FloatMatrix matrices = FloatMatrix.zeros(HEADS * TOKENS, TOKENS);
            matrices.fill(0.05f);
            for (int row = 0; row < matrices.rows(); row++) {
                matrices.set(row, LAYOUT.firstPatch() + patch, 0.35f);
            }
            reader.take(image, block, matrices);
        }));
    }

    /// A study with the CLS rows of the matrices, or without; patch 0,0 has five and a half times the norm of the
    /// others at layer 2. The images 0 and 2 have a mask of the class `lung`.
    public static Study study(Path folder, boolean withAttention) {
        return new SyntheticStudy(
                        IMAGES,
                        GRID,
                        LAYOUT,
                        4,
                        LAYERS,
                        List.of(new Layer(1), new Layer(2), Layer.LAST),
                        GoldenAttention::tokens,
                        withAttention ? Optional.of(GoldenAttention::cls) : Optional.empty())
                .with(new SyntheticStudy.Mask("lung", GoldenAttention::lung))
                .write(folder);
    }

    private static Optional<FloatMatrix> lung(int image) {
        FloatMatrix coverage = FloatMatrix.zeros(GRID.patches(), 1);
        for (int patch = 0; patch < GRID.patches(); patch++) {
            coverage.set(patch, 0, (7 * patch + 3 * image) % 5 / 4f);
        }
        return image == 1 ? Optional.empty() : Optional.of(coverage);
    }

    private static FloatMatrix tokens(int image, Layer layer) {
        FloatMatrix tokens = FloatMatrix.zeros(TOKENS, 4);
        tokens.fill(1);
        if (layer.index() == 2) {
            tokens.row(LAYOUT.firstPatch()).fill(5.5f);
        }
        return tokens;
    }

    private static ClsAttention cls(int image) {
        FloatMatrix rows = FloatMatrix.zeros(LAYERS * HEADS, TOKENS);
        for (int block = 1; block <= LAYERS; block++) {
            FloatMatrix matrices = matrices(image, block);
            for (int head = 0; head < HEADS; head++) {
                rows.row((block - 1) * HEADS + head).copyFrom(matrices.row(head * TOKENS));
            }
        }
        return new ClsAttention(LAYERS, HEADS, rows, rows.row(0));
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(GoldenAttention.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
