package org.patchlens.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.Golden;
import org.patchlens.model.Parity;
import org.patchlens.model.Resources;
import org.patchlens.tensor.FloatMatrix;

/// Oracle: `torch.nn.functional.interpolate` 2.15.0, through `tools/reference/vit.py`. Tolerance: torch computes
/// places and weights in 32-bit floats; places up to 14 have an error of 1e-6, and the slope of the values is
/// below 10.
class BicubicInterpolationTest {
    private static final double TOLERANCE = 1e-5;

    @TestFactory
    Stream<DynamicTest> gridsBecomeThoseOfTorch() {
        Golden golden = new Golden(Resources.path("vit/positions.safetensors"));
        return golden.namesBefore("").stream()
                .filter(name -> name.contains(".to."))
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String source = name.substring(0, name.indexOf('.'));
                    PatchGrid from = grid(source);
                    PatchGrid to = grid(name.substring(name.lastIndexOf('.') + 1));
                    FloatMatrix resized = BicubicInterpolation.resize(golden.get(source), from, to);
                    assertThat(Parity.maxDifference(resized, golden.get(name).reshape(to.patches(), 3)))
                            .isLessThan(TOLERANCE);
                }));
    }

    @Test
    void theSameGridStaysAsItIs() {
        FloatMatrix vectors = FloatMatrix.of(6, 1, 1, -2, 3, 4, 5, 600);
        PatchGrid grid = new PatchGrid(2, 3);
        assertThat(BicubicInterpolation.resize(vectors, grid, grid)).isEqualTo(vectors);
    }

    private static PatchGrid grid(String text) {
        int x = text.indexOf('x');
        return new PatchGrid(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
    }
}
