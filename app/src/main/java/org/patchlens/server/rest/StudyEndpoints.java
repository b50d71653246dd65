package org.patchlens.server.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.server.http.NotFound;
import org.patchlens.server.http.Request;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;

/// What is open, and what is known of each image.
final class StudyEndpoints {
    private static final int MOST_VALUES = 200;

    private final Parameters parameters;

    StudyEndpoints(Parameters parameters) {
        this.parameters = parameters;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/studies",
                        "The studies that are open",
                        new Answer.Json(StudySummary.class, true),
                        this::list),
                Route.get(
                        "/api/studies/{study}",
                        "One study and the columns of its metadata",
                        new Answer.Json(StudyDetails.class, false),
                        this::details),
                Route.get(
                        "/api/studies/{study}/images",
                        "All images of a study",
                        new Answer.Json(Image.class, true),
                        this::images),
                Route.get(
                        "/api/studies/{study}/columns/{name}",
                        "The values of one column of the metadata, one per image; null where missing",
                        new Answer.Json(Values.class, false),
                        this::column));
    }

    /// What a study is.
    ///
    /// @param id how requests name it
    /// @param name of its folder
    /// @param images N
    /// @param grid of patches
    /// @param inputHeight of the view, in pixels
    /// @param inputWidth of the view, in pixels
    /// @param layers that are stored
    /// @param blocks L
    /// @param heads A
    /// @param attention whether the attention of CLS is stored
    /// @param model that made the embeddings
    /// @param maskClasses whose coverage is stored
    /// @param hasCls whether the model has a CLS token
    /// @param complete whether the extraction came to its end
    /// @param bytes of all files
    /// @param provenance of the embeddings
    record StudySummary(
            String id,
            String name,
            int images,
            PatchGrid grid,
            int inputHeight,
            int inputWidth,
            List<String> layers,
            int blocks,
            int heads,
            boolean attention,
            ModelDescription model,
            List<String> maskClasses,
            boolean hasCls,
            boolean complete,
            long bytes,
            Provenance provenance) {
        static StudySummary of(OpenStudy open) {
            Study study = open.study();
            StudyManifest manifest = study.manifest();
            return new StudySummary(
                    open.id(),
                    open.name(),
                    study.images().size(),
                    manifest.grid(),
                    manifest.inputHeight(),
                    manifest.inputWidth(),
                    manifest.layers().stream().map(Layer::toString).toList(),
                    manifest.model().layers(),
                    manifest.model().heads(),
                    manifest.attention() == AttentionStorage.CLS,
                    manifest.model(),
                    manifest.maskClasses(),
                    manifest.layout().cls().isPresent(),
                    study.isComplete(),
                    open.bytes(),
                    manifest.provenance());
        }
    }

    /// @param study what it is
    /// @param columns of the metadata
    /// @param failures inputs that could not be read, a sentence for each
    /// @param problems with saved results, a sentence for each
    record StudyDetails(
            @JsonUnwrapped StudySummary study, List<Column> columns, List<String> failures, List<String> problems) {}

    /// The types of columns, as a filter shows them.
    enum ColumnType {
        /// Few different values.
        CATEGORY,
        /// Numbers.
        NUMBER,
        /// Many different texts.
        TEXT
    }

    /// @param name of the column
    /// @param type of its values
    /// @param missing how many images have none
    /// @param distinct how many different values there are
    /// @param values each with how often it occurs, ascending; for at most 200 different ones
    /// @param min the smallest number
    /// @param max the largest number
    record Column(
            String name,
            ColumnType type,
            int missing,
            int distinct,
            Optional<List<Count>> values,
            Optional<Double> min,
            Optional<Double> max) {
        static Column of(MetadataColumn column) {
            Map<String, Integer> counts = column.counts();
            boolean few = counts.size() <= MOST_VALUES;
            boolean number = !(column instanceof MetadataColumn.Text) && !counts.isEmpty();
            ColumnType type = number ? ColumnType.NUMBER : few ? ColumnType.CATEGORY : ColumnType.TEXT;
            Optional<List<Count>> values = few
                    ? Optional.of(counts.entrySet().stream()
                            .map(entry -> new Count(entry.getKey(), entry.getValue()))
                            .toList())
                    : Optional.empty();
            List<String> names = List.copyOf(counts.keySet());
            return new Column(
                    column.name(),
                    type,
                    column.missing(),
                    counts.size(),
                    values,
                    number ? Optional.of(Double.valueOf(names.getFirst())) : Optional.empty(),
                    number ? Optional.of(Double.valueOf(names.getLast())) : Optional.empty());
        }
    }

    /// @param value of a column
    /// @param count how many images have it
    record Count(String value, int count) {}

    /// @param index in the study, from 0
    /// @param id how users name it
    /// @param source the file that it came from, as it was given
    /// @param frame of the file, from 0
    /// @param width of the decoded image, in pixels
    /// @param height of the decoded image, in pixels
    /// @param volume that the slice is of
    /// @param slice of the volume, from 0
    /// @param slices how many the volume has
    /// @param positionMm of the slice along its normal, in mm
    /// @param spacing of pixels along a column and along a row, in mm
    record Image(
            int index,
            String id,
            String source,
            int frame,
            int width,
            int height,
            Optional<String> volume,
            Optional<Integer> slice,
            Optional<Integer> slices,
            Optional<Double> positionMm,
            Optional<List<Double>> spacing) {}

    /// @param name of the column
    /// @param type of its values
    /// @param values one per image: text or number, null where missing
    record Values(String name, ColumnType type, List<Object> values) {}

    private Response list(Request request) {
        return new Response.Json(
                parameters.studies().all().stream().map(StudySummary::of).toList());
    }

    private Response details(Request request) {
        OpenStudy open = parameters.study(request);
        return new Response.Json(new StudyDetails(
                StudySummary.of(open),
                open.study().metadata().columns().stream().map(Column::of).toList(),
                open.study().failures().stream()
                        .map(failure -> "[" + failure.input().id() + "] " + failure.reason())
                        .toList(),
                open.results().list().problems()));
    }

    private Response images(Request request) {
        OpenStudy open = parameters.study(request);
        Metadata metadata = open.study().metadata();
        return new Response.Json(open.study().images().stream()
                .map(image -> image(image, metadata))
                .toList());
    }

    private static Image image(StudyImage image, Metadata metadata) {
        int row = image.index();
        Optional<Double> rowSpacing = number(metadata, "row_spacing_mm", row);
        Optional<Double> columnSpacing = number(metadata, "column_spacing_mm", row);
        return new Image(
                row,
                image.id(),
                image.source(),
                image.frame(),
                image.width(),
                image.height(),
                metadata.find("volume").flatMap(column -> column.text(row)),
                number(metadata, "slice", row).map(Double::intValue),
                number(metadata, "slices", row).map(Double::intValue),
                number(metadata, "position_mm", row),
                rowSpacing.flatMap(first -> columnSpacing.map(second -> List.of(first, second))));
    }

    private static Optional<Double> number(Metadata metadata, String name, int row) {
        return metadata.find(name).flatMap(column -> column.values().get(row)).flatMap(value -> switch (value) {
            case Number number -> Optional.of(number.doubleValue());
            default -> Optional.empty();
        });
    }

    private Response column(Request request) {
        OpenStudy open = parameters.study(request);
        String name = request.path("name");
        MetadataColumn column = open.study()
                .metadata()
                .find(name)
                .orElseThrow(() -> new NotFound("column " + name, "the study has no such column"));
        List<Object> values = new java.util.ArrayList<>();
        column.values().forEach(value -> values.add(value.orElse(null)));
        return new Response.Json(
                new Values(column.name(), Column.of(column).type(), java.util.Collections.unmodifiableList(values)));
    }
}
