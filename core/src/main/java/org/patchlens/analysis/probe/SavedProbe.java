package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.study.result.ResultReader;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A probe as a study keeps it: `results/probe/NAME`.
///
/// @param name under which it was saved
/// @param target the column that it predicts
/// @param model the name of the model whose embeddings it takes
/// @param modelSha256 the checksum of that model's weights
/// @param preprocessing of the images that it was trained on
/// @param weights of the probe
public record SavedProbe(
        String name, String target, String model, String modelSha256, String preprocessing, ProbeWeights weights) {

    /// Reads a saved result of [Probe]; nothing in it is believed unchecked.
    ///
    /// @throws PatchlensException if it holds no weights that fit together
    public static SavedProbe read(ResultReader saved) {
        String name = saved.saved().name().toString();
        try {
            JsonNode result = JsonMapper.shared().readTree(saved.result());
            JsonNode provenance = result.path("provenance");
            SavedProbe probe = new SavedProbe(
                    name,
                    result.path("target").asString(""),
                    result.path("model").asString(""),
                    provenance.path("modelSha256").asString(""),
                    provenance.path("preprocessing").asString(""),
                    weights(result.path("weights"), saved));
            probe.check();
            return probe;
        } catch (JacksonException | IllegalArgumentException e) {
            throw damaged(
                            name,
                            String.valueOf(e.getMessage()).lines().findFirst().orElse(""))
                    .causedBy(e);
        }
    }

    private static PatchlensException damaged(String name, String reason) {
        return PatchlensException.badData(
                "result " + name, "holds no probe that can be applied: " + reason, "Train it again");
    }

    private static ProbeWeights weights(JsonNode json, ResultReader saved) {
        List<String> classes = new ArrayList<>();
        json.path("classes").forEach(each -> classes.add(each.asString("")));
        JsonNode region = json.path("region");
        return new ProbeWeights(
                layer(json.path("layer").asString("")),
                constant(ProbeOptions.Unit.class, "unit", json),
                constant(ProbeOptions.Pool.class, "pool", json),
                region.isString() ? Optional.of(region.asString()) : Optional.empty(),
                json.path("coverage").asDouble(0.5),
                classes,
                constant(ProbeWeights.Form.class, "form", json),
                matrix(json.path("mean"), saved),
                matrix(json.path("scale"), saved),
                matrix(json.path("weights"), saved),
                matrix(json.path("intercepts"), saved),
                matrix(json.path("outputWeights"), saved),
                matrix(json.path("outputIntercepts"), saved));
    }

    private static Layer layer(String text) {
        if (!text.matches("last|[0-9]{1,6}")) {
            throw new IllegalArgumentException("its layer is \"" + text + "\"");
        }
        return Layer.parse(text);
    }

    /// The constant that a word stands for.
    private static <E extends Enum<E>> E constant(Class<E> type, String field, JsonNode json) {
        String word = json.path(field).asString("");
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("its " + field + " is \"" + word + "\"");
    }

    /// Rows of numbers in place, or the name of an array beside the file.
    private static FloatMatrix matrix(JsonNode json, ResultReader saved) {
        if (json.isObject()) {
            return saved.array(json.path("array").asString("")).matrix();
        }
        int rows = json.size();
        int columns = rows == 0 ? 0 : json.get(0).size();
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            if (json.get(row).size() != columns) {
                throw new IllegalArgumentException("rows of different length");
            }
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, json.get(row).get(column).floatValue());
            }
        }
        return matrix;
    }

    private void check() {
        ProbeWeights w = weights;
        int outputs = w.outputWeights().rows() == 0
                ? w.weights().rows()
                : w.outputWeights().rows();
        boolean standardized = w.form() != ProbeWeights.Form.NEIGHBORS;
        boolean shapes = !standardized
                || (w.mean().rows() == 1
                        && w.scale().rows() == 1
                        && w.mean().columns() == w.dimensions()
                        && w.scale().columns() == w.dimensions());
        shapes &= w.outputWeights().rows() == 0
                || (w.outputWeights().columns() == w.weights().rows()
                        && w.outputIntercepts().size() == w.outputWeights().rows());
        shapes &= switch (w.form()) {
            case LOGIT, SHARES, NUMBER, LOGITS ->
                w.intercepts().size() == w.weights().rows() && outputs > 0;
            case NEIGHBORS ->
                w.mean().size() == 1
                        && w.intercepts().rows() == w.weights().rows()
                        && w.mean().get(0, 0) >= 1
                        && w.mean().get(0, 0) <= w.weights().rows();
            case CLASS_MEANS -> w.weights().rows() > 0;
        };
        if (!shapes || w.dimensions() == 0) {
            throw damaged(name, "its matrices do not fit together");
        }
        if (!HalfPrecision.isFinite(w.weights()) || !HalfPrecision.isFinite(w.intercepts())) {
            throw damaged(name, "it holds numbers that are not finite");
        }
    }
}
