package org.patchlens.image.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AxisOrderTest {
    @Test
    void randomRotationsGoToTheAxesThatNibabelGivesThem() throws IOException {
        try (InputStream golden =
                Objects.requireNonNull(AxisOrderTest.class.getResourceAsStream("/nifti/orientations.json"))) {
            for (JsonNode orientation : JsonMapper.shared().readTree(golden).get("cases")) {
                double[] m = new double[12];
                for (int i = 0; i < m.length; i++) {
                    m[i] = orientation.get("affine").get(i).asDouble();
                }
                Affine affine = new Affine(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11]);
                assertThat(AxisOrder.of(affine).code())
                        .isEqualTo(orientation.get("axcodes").asString());
            }
        }
    }

    @Test
    void aMapThatSpansNoVolumeIsNotUsable() {
        assertThat(Affine.diagonal(1, 2, 3).isUsable()).isTrue();
        assertThat(Affine.diagonal(1, 0, 3).isUsable()).isFalse();
        assertThat(Affine.diagonal(Double.NaN, 1, 3).isUsable()).isFalse();
        assertThat(Affine.diagonal(1e200, 1e200, 1e200).isUsable()).isFalse();
        assertThat(new Affine(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0).isUsable()).isFalse();
    }

    @Test
    void theCanonicalMapSendsEveryVoxelWhereTheStoredMapDoes() {
        Affine stored = new Affine(0, -2, 0.1, 10, 0.2, 0, 3, 20, -4, 0.3, 0, 30);
        Extent extent = new Extent(2, 3, 4);
        Affine canonical = AxisOrder.of(stored).canonical(stored, extent);

        // Canonical right = 2 - j, anterior = k, superior = 1 - i.
        for (int axis = 0; axis < 3; axis++) {
            assertThat(canonical.coordinate(axis, 2 - 1, 3, 1 - 0))
                    .isEqualTo(stored.coordinate(axis, 0, 1, 3), within(1e-12));
        }
    }
}
