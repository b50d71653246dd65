package org.patchlens.analysis.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

class MapQualityTest {
    /// The oracle is scikit-learn (tools/reference/map_quality.py): ranks are whole numbers, so that only the last
    /// divisions round.
    @Test
    void trustworthinessAndContinuityAreThoseOfScikitLearn() {
        JsonNode golden = Golden.json(MapQualityTest.class, "map-quality.json");
        MapQuality quality = of(Golden.matrix(golden.get("rows")), Golden.matrix(golden.get("map")));
        assertThat(quality.trustworthiness())
                .isEqualTo(golden.get("trustworthiness").doubleValue(), within(1e-12));
        assertThat(quality.continuity()).isEqualTo(golden.get("continuity").doubleValue(), within(1e-12));
        assertThat(quality.neighborsKept()).isEqualTo(golden.get("kept").doubleValue(), within(1e-12));
    }

    @Test
    void aPerfectMapKeepsAll() {
        FloatMatrix rows = RandomMatrix.normal(60, 2, 1);
        MapQuality quality = of(rows, rows);
        assertThat(quality.trustworthiness()).isEqualTo(1);
        assertThat(quality.continuity()).isEqualTo(1);
        assertThat(quality.neighborsKept()).isEqualTo(1);
    }

    @Test
    void aRandomMapIsWorthOneHalf() {
        MapQuality quality = of(RandomMatrix.normal(600, 5, 1), RandomMatrix.normal(600, 2, 2));
        assertThat(quality.trustworthiness()).isEqualTo(0.5, within(0.02));
        assertThat(quality.neighborsKept()).isLessThan(0.04);
    }

    @Test
    void ofManyPointsASampleIsMeasured() {
        FloatMatrix rows = RandomMatrix.normal(2500, 2, 1);
        assertThat(of(rows, rows).points()).isEqualTo(2000);
    }

    private static MapQuality of(FloatMatrix rows, FloatMatrix map) {
        try (TaskPool pool = new TaskPool(2)) {
            return MapQuality.of(rows, map, new Seed(1), pool);
        }
    }
}
