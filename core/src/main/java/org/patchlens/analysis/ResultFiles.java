package org.patchlens.analysis;

import java.util.List;
import org.patchlens.study.result.ResultContent;
import org.patchlens.study.result.ResultReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a study keeps of a result, and the figures that can be drawn of it again.
public final class ResultFiles {
    private static final String FIGURES = "figures";

    private ResultFiles() {}

    /// What is to be kept.
    public static <O extends Record, R extends Record> ResultContent of(Analysis<O, R> analysis, O options, R result) {
        SeparateArrays arrays = new SeparateArrays();
        String text = ResultJson.text(result, arrays);
        String figures = FigureJson.text(analysis.figures().of(result), arrays.called(FIGURES));
        JsonNode provenance = JsonMapper.shared().readTree(text).path("provenance");
        if (!provenance.isObject()) {
            throw new IllegalStateException("the result of " + analysis.name() + " has no component provenance");
        }
        return new ResultContent(
                OptionsJson.json(analysis.schema(), options), provenance, text, figures, arrays.arrays());
    }

    /// The figures of a result that was kept.
    ///
    /// @throws org.patchlens.PatchlensException if its files are damaged
    public static List<Figure> figures(ResultReader saved) {
        return FigureJson.parse(saved.figures(), saved.arrays());
    }
}
