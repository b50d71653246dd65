package org.patchlens.server.rest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.server.http.Binary;
import org.patchlens.server.http.Gate;
import org.patchlens.server.http.Request;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.server.study.Quantized;
import org.patchlens.server.study.SimilarityMaps;
import tools.jackson.databind.JsonNode;

/// What a click on a patch asks.
final class PatchEndpoints {
    private static final int MOST_PATCHES = 4096;
    private static final long MOST_NUMBERS = 1L << 25;

    private final Parameters parameters;
    private final Gate gate;

    PatchEndpoints(Parameters parameters, Gate gate) {
        this.parameters = parameters;
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(Route.post(
                "/api/studies/{study}/similarity",
                "How similar every patch of some images is to a region of patches: the cosine with its mean direction",
                SimilarityQuestion.class,
                new Answer.Numbers("u8 or f32 [images][rows][columns], -1 to 1"),
                this::similarity));
    }

    /// How numbers are sent.
    enum Dtype {
        /// One byte per number.
        U8,
        /// As they are.
        F32
    }

    /// @param layer of the embeddings; the deepest without it
    /// @param patches of the region, triples of image, row and column
    /// @param to the images to paint, at most 64, or `all`
    /// @param dtype `u8` without it
    record SimilarityQuestion(
            @Nullable String layer, List<List<Integer>> patches, JsonNode to, @Nullable String dtype) {}

    private Response similarity(Request request) {
        OpenStudy open = parameters.study(request);
        SimilarityQuestion question = request.body(SimilarityQuestion.class);
        Layer layer = layer(open, question.layer());
        PatchGrid grid = open.study().manifest().grid();
        List<SimilarityMaps.Place> region = PatchPlace.all(open, question.patches(), MOST_PATCHES).stream()
                .map(place -> new SimilarityMaps.Place(place.image(), place.patch(grid)))
                .toList();
        List<Integer> images = images(open, question.to());
        refuseTooMany(images.size(), grid);
        Dtype dtype = dtype(question.dtype());
        List<Integer> shape = List.of(images.size(), grid.rows(), grid.columns());
        return gate.pass(() -> {
            float[] cosines = SimilarityMaps.of(open.rows(), layer, region, images);
            return new Response.Numbers(switch (dtype) {
                case F32 -> Binary.floats(cosines, shape.toArray(Integer[]::new));
                case U8 -> {
                    Quantized quantized = Quantized.of(cosines);
                    yield Binary.bytes(
                            quantized.bytes(), new Binary.Range(quantized.low(), quantized.high()), shape);
                }
            });
        });
    }

    static Layer layer(OpenStudy open, @Nullable String text) {
        return text == null ? open.study().manifest().layers().getLast() : Layer.parse(text);
    }

    private static Dtype dtype(@Nullable String text) {
        String word = Optional.ofNullable(text).orElse("u8").toUpperCase(Locale.ROOT);
        for (Dtype dtype : Dtype.values()) {
            if (dtype.name().equals(word)) {
                return dtype;
            }
        }
        throw PatchlensException.usage("dtype", "u8 or f32 is expected; " + text + " was given", "");
    }

    static void refuseTooMany(int images, PatchGrid grid) {
        if ((long) images * grid.patches() > MOST_NUMBERS) {
            throw PatchlensException.usage(
                    "images",
                    images + " images have more than " + MOST_NUMBERS + " patches",
                    "Ask for at most 64 images at a time.");
        }
    }

    private static List<Integer> images(OpenStudy open, @Nullable JsonNode to) {
        if (to != null && to.isString() && to.asString().equals("all")) {
            return Parameters.all(open);
        }
        if (to == null || !to.isArray()) {
            throw PatchlensException.usage("to", "a list of images, or all, is expected", "");
        }
        List<Integer> images = to.valueStream()
                .map(node -> node.isIntegralNumber() && node.canConvertToInt() ? node.asInt() : -1)
                .toList();
        images.forEach(image -> Parameters.existing(open, image));
        return Parameters.atMost(images);
    }
}
