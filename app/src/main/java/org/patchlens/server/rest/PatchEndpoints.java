package org.patchlens.server.rest;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.patch.PatchHit;
import org.patchlens.patch.PatchQuery;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.Reduction;
import org.patchlens.server.http.Binary;
import org.patchlens.server.http.Gate;
import org.patchlens.server.http.Request;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.server.study.Quantized;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

/// What a click on a patch asks. A request computes on its own thread; the gate lets as many at a time as there
/// are processors.
final class PatchEndpoints {
    private static final int MOST_PATCHES = 4096;
    private static final int MOST_NEIGHBORS = 1000;
    private static final int USUAL_NEIGHBORS = 20;
    private static final long MOST_NUMBERS = 1L << 25;
    private static final TaskPool CALLER = new TaskPool(1);

    private final Parameters parameters;
    private final Gate gate;

    PatchEndpoints(Parameters parameters, Gate gate) {
        this.parameters = parameters;
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                        "/api/studies/{study}/similarity",
                        "How similar every patch of some images is to a region of patches",
                        SimilarityQuestion.class,
                        new Answer.Numbers("u8 or f32 [images][rows][columns], -1 to 1"),
                        this::similarity),
                Route.post(
                        "/api/studies/{study}/neighbors",
                        "The patches of the study that are most similar to a region, and what their images have in"
                                + " common",
                        NeighborQuestion.class,
                        new Answer.Json(Neighbors.class, false),
                        this::neighbors),
                Route.post(
                        "/api/studies/{study}/matches",
                        "The patches of two images that are each other's most similar",
                        MatchQuestion.class,
                        new Answer.Json(Match.class, true),
                        this::matches));
    }

    /// @param layer of the embeddings; the deepest without it
    /// @param patches of the region, triples of image, row and column
    /// @param to the images to paint, at most 64, or `all`
    /// @param reduce `none`, which it is without it, `center` or `whiten`
    /// @param dtype `u8`, which it is without it, or `f32`
    record SimilarityQuestion(
            @Nullable String layer,
            List<List<Integer>> patches,
            JsonNode to,
            @Nullable String reduce,
            @Nullable String dtype) {}

    /// @param layer of the embeddings; the deepest without it
    /// @param patches of the region, triples of image, row and column
    /// @param k how many are wanted, 1 to 1000; 20 without it
    /// @param exclude `none`, which it is without it, `same-image` or `same-patient`
    /// @param where which images are searched, such as `site=A and age>=60`; all without it
    /// @param reduce `none`, which it is without it, `center` or `whiten`
    /// @param groups columns of the metadata; without it those of few different values
    record NeighborQuestion(
            @Nullable String layer,
            List<List<Integer>> patches,
            @Nullable Integer k,
            @Nullable String exclude,
            @Nullable String where,
            @Nullable String reduce,
            @Nullable List<String> groups) {}

    /// @param hits best first
    /// @param groups the values of some columns among the images of the hits
    record Neighbors(List<Hit> hits, List<NeighborGroups.Group> groups) {}

    /// @param image in the study
    /// @param row in the grid
    /// @param column in the grid
    /// @param cosine -1 to 1
    record Hit(int image, int row, int column, float cosine) {}

    /// @param layer of the embeddings; the deepest without it
    /// @param image one
    /// @param other another
    /// @param reduce `none`, which it is without it, `center` or `whiten`
    record MatchQuestion(
            @Nullable String layer,
            int image,
            int other,
            @Nullable String reduce) {}

    /// @param row in the first image
    /// @param column in the first image
    /// @param otherRow in the other image
    /// @param otherColumn in the other image
    /// @param cosine -1 to 1
    record Match(int row, int column, int otherRow, int otherColumn, float cosine) {}

    private Response similarity(Request request) {
        OpenStudy open = parameters.study(request);
        SimilarityQuestion question = request.body(SimilarityQuestion.class);
        List<PatchPlace> region = PatchPlace.all(open, question.patches(), MOST_PATCHES);
        List<Integer> images = images(open, question.to());
        PatchGrid grid = open.study().manifest().grid();
        refuseTooMany(images.size(), grid);
        boolean bytes = word("dtype", question.dtype(), List.of("u8", "f32")).equals("u8");
        Layer layer = layer(open, question.layer());
        Reduction reduction = reduction(question.reduce());
        return gate.pass(() -> {
            PatchSimilarity similarity = open.spaces().similarity(layer, reduction);
            FloatMatrix maps = similarity.maps(query(similarity, grid, region), images, CALLER);
            return new Response.Numbers(bytes ? quantized(maps, grid) : plain(maps, grid));
        });
    }

    /// The mean of the region's patches.
    private static PatchQuery query(PatchSimilarity similarity, PatchGrid grid, List<PatchPlace> region) {
        double[] mean = new double[similarity.patches().dimensions()];
        for (PatchPlace place : region) {
            int patch = place.patch(grid);
            float[] row = similarity
                    .patches()
                    .rows(place.image())
                    .rows(patch, patch + 1)
                    .toArray();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += (double) row[i] / region.size();
            }
        }
        return similarity.query(mean);
    }

    private static Binary quantized(FloatMatrix maps, PatchGrid grid) {
        Quantized quantized =
                Quantized.of(maps.reshape(1, Math.toIntExact(maps.size())).rowToArray(0));
        return Binary.bytes(
                quantized.bytes(),
                new Binary.Range(quantized.low(), quantized.high()),
                List.of(maps.rows(), grid.rows(), grid.columns()));
    }

    private static Binary plain(FloatMatrix maps, PatchGrid grid) {
        return Binary.floats(
                maps.reshape(1, Math.toIntExact(maps.size())).rowToArray(0), maps.rows(), grid.rows(), grid.columns());
    }

    private Response neighbors(Request request) {
        OpenStudy open = parameters.study(request);
        NeighborQuestion question = request.body(NeighborQuestion.class);
        List<PatchPlace> region = PatchPlace.all(open, question.patches(), MOST_PATCHES);
        int most =
                ImageEndpoints.between("k", question.k() == null ? USUAL_NEIGHBORS : question.k(), 1, MOST_NEIGHBORS);
        Layer layer = layer(open, question.layer());
        Reduction reduction = reduction(question.reduce());
        String exclude = word("exclude", question.exclude(), List.of("none", "same-image", "same-patient"));
        BitSet searched = NeighborGroups.searched(open, Optional.ofNullable(question.where()), exclude, region);
        PatchGrid grid = open.study().manifest().grid();
        return gate.pass(() -> {
            PatchSimilarity similarity = open.spaces().similarity(layer, reduction);
            PatchQuery query = query(similarity, grid, region);
            List<Hit> hits = similarity.nearest(query, most + region.size(), searched, false, CALLER).stream()
                    .map(hit -> hit(hit, grid))
                    .filter(hit -> !region.contains(new PatchPlace(hit.image(), hit.row(), hit.column())))
                    .limit(most)
                    .toList();
            List<Integer> images = hits.stream().map(Hit::image).toList();
            return new Response.Json(new Neighbors(
                    hits, NeighborGroups.of(open, Optional.ofNullable(question.groups()), images, searched)));
        });
    }

    private static Hit hit(PatchHit hit, PatchGrid grid) {
        return new Hit(hit.image(), grid.row(hit.patch()), grid.column(hit.patch()), hit.similarity());
    }

    private Response matches(Request request) {
        OpenStudy open = parameters.study(request);
        MatchQuestion question = request.body(MatchQuestion.class);
        int image = Parameters.existing(open, question.image());
        int other = Parameters.existing(open, question.other());
        Layer layer = layer(open, question.layer());
        Reduction reduction = reduction(question.reduce());
        PatchGrid grid = open.study().manifest().grid();
        return gate.pass(() ->
                new Response.Json(open.spaces().similarity(layer, reduction).matches(image, other, false).stream()
                        .map(match -> new Match(
                                grid.row(match.patch()),
                                grid.column(match.patch()),
                                grid.row(match.other()),
                                grid.column(match.other()),
                                match.similarity()))
                        .toList()));
    }

    /// @throws PatchlensException if the text is no layer, or not one that is stored
    static Layer layer(OpenStudy open, @Nullable String text) {
        List<Layer> stored = open.study().manifest().layers();
        Layer layer = text == null ? stored.getLast() : Layer.parse(text);
        open.study().requireLayer(layer);
        return layer;
    }

    private static Reduction reduction(@Nullable String text) {
        return Reduction.valueOf(
                word("reduce", text, List.of("none", "center", "whiten")).toUpperCase(Locale.ROOT));
    }

    /// One of some words; the first where none is given.
    static String word(String name, @Nullable String given, List<String> words) {
        String word = given == null ? words.getFirst() : given;
        if (!words.contains(word)) {
            throw PatchlensException.usage(
                    name, String.join(" or ", words) + " is expected; " + shortened(word) + " was given", "");
        }
        return word;
    }

    private static String shortened(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
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
