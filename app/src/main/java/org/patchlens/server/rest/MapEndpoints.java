package org.patchlens.server.rest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.server.http.Binary;
import org.patchlens.server.http.Gate;
import org.patchlens.server.http.Request;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.http.Route.Query;
import org.patchlens.server.study.ComponentMaps;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.disk.Checksum;
import org.patchlens.tensor.FloatMatrix;

/// What can be laid over images without a question: one number per patch.
final class MapEndpoints {
    private static final Query LAYER = new Query("layer", "A layer that is stored; the deepest without it", false);
    private static final Query IMAGES =
            new Query("images", "Numbers from 0, separated by commas, at most 64; or all", true);

    private static final int PARTS = 3;
    /// A run of the model takes a second or so for each.
    private static final int MOST_COMPUTED = 8;

    private final Parameters parameters;
    private final Gate gate;

    MapEndpoints(Parameters parameters, Gate gate) {
        this.parameters = parameters;
        this.gate = gate;
    }

    List<Route> routes() {
        Answer maps = new Answer.Numbers("f32 [images][rows][columns]");
        return List.of(
                Route.get(
                                "/api/studies/{study}/norms",
                                "The Euclidean norm of every patch embedding",
                                maps,
                                this::norms)
                        .with(LAYER, IMAGES),
                Route.get(
                                "/api/studies/{study}/attention",
                                "What a token reads: its softmax row over the patches, special tokens left out; of"
                                        + " other tokens than CLS it is computed by the model, where that is at hand",
                                maps,
                                this::attention)
                        .with(
                                new Query("layer", "A block, from 1; or rollout over all of them", true),
                                new Query("head", "A head, from 0; or mean, which it is without it", false),
                                new Query("query", "The token: a patch as row,column; cls without it", false),
                                IMAGES),
                Route.get(
                                "/api/studies/{study}/masks",
                                "The share of each patch that a class covers, 0 to 1; NaN for images without a mask",
                                maps,
                                this::masks)
                        .with(new Query("class", "One of the study's mask classes", true), IMAGES),
                Route.get(
                                "/api/studies/{study}/components",
                                "The first three principal components of the study's patches as red, green and blue, on"
                                        + " one scale for all images; outlier patches are black",
                                new Answer.Numbers("u8 [images][rows][columns][3]"),
                                this::components)
                        .with(LAYER, IMAGES));
    }

    /// The numbers of one image.
    @FunctionalInterface
    private interface Map {
        float[] of(int image);
    }

    private Response maps(OpenStudy open, Request request, String name, Map map) {
        List<Integer> images = Parameters.images(open, request);
        PatchGrid grid = open.study().manifest().grid();
        PatchEndpoints.refuseTooMany(images.size(), grid);
        return gate.pass(() -> {
            float[] values = new float[images.size() * grid.patches()];
            for (int i = 0; i < images.size(); i++) {
                float[] ofImage = map.of(images.get(i));
                System.arraycopy(ofImage, 0, values, i * grid.patches(), grid.patches());
            }
            return new Response.Numbers(
                    Binary.floats(values, images.size(), grid.rows(), grid.columns()),
                    Optional.of(validator(open, name, images)));
        });
    }

    private static String validator(OpenStudy open, String name, List<Integer> images) {
        String list = images.toString();
        return open.id() + "-" + name + "-"
                + Checksum.of(list.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private Response norms(Request request) {
        OpenStudy open = parameters.study(request);
        Layer layer = Parameters.layer(open, request);
        return maps(
                open,
                request,
                "norms-" + layer,
                image -> open.spaces().patches(layer).norms(image));
    }

    private Response attention(Request request) {
        OpenStudy open = parameters.study(request);
        String layer = request.required("layer");
        String head = request.query("head").orElse("mean");
        StudyManifest manifest = open.study().manifest();
        if (layer.equals("rollout")) {
            return maps(
                    open,
                    request,
                    "rollout",
                    image -> patches(manifest, stored(open, image).rollout()));
        }
        int block = number("layer", layer, 1, manifest.model().layers());
        int one = head.equals("mean")
                ? -1
                : number("head", head, 0, manifest.model().heads() - 1);
        String query = request.query("query").orElse("cls");
        if (!query.equals("cls")) {
            return ofPatch(open, request, block, one, query);
        }
        if (one < 0) {
            return maps(
                    open, request, "attention-" + block, image -> meanOfHeads(manifest, stored(open, image), block));
        }
        return maps(
                open,
                request,
                "attention-" + block + "-" + one,
                image -> patches(manifest, stored(open, image).row(block, one)));
    }

    private Response ofPatch(OpenStudy open, Request request, int block, int head, String query) {
        StudyManifest manifest = open.study().manifest();
        List<Integer> images = Parameters.images(open, request);
        if (images.size() > MOST_COMPUTED) {
            throw PatchlensException.usage(
                    "images", images.size() + " were given; the model runs for at most " + MOST_COMPUTED, "");
        }
        int token = manifest.layout().firstPatch() + patch(manifest.grid(), query);
        List<Integer> heads = head >= 0
                ? List.of(head)
                : IntStream.range(0, manifest.model().heads()).boxed().toList();
        String name = "attention-" + block + "-" + head + "-" + token;
        return maps(open, request, name, image -> {
            float[] row = open.model().row(image, block, heads, token);
            return Arrays.copyOfRange(row, manifest.layout().firstPatch(), row.length);
        });
    }

    private static int patch(PatchGrid grid, String query) {
        String[] parts = query.split(",", -1);
        if (parts.length != 2) {
            throw PatchlensException.usage("query", "cls, or the row and column of a patch, are expected", "");
        }
        return grid.patch(
                number("query", parts[0], 0, grid.rows() - 1), number("query", parts[1], 0, grid.columns() - 1));
    }

    private static int number(String name, String text, int least, int most) {
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw PatchlensException.usage(
                    name, "is " + text + "; a number from " + least + " to " + most + " is expected", "");
        }
        return Integer.parseInt(text);
    }

    private static ClsAttention stored(OpenStudy open, int image) {
        return open.study()
                .attention(image)
                .orElseThrow(() -> PatchlensException.usage(
                        "attention", "the study keeps no attention", "Extract it again with --attention cls."));
    }

    private static float[] patches(StudyManifest manifest, FloatMatrix row) {
        float[] tokens = row.rowToArray(0);
        return Arrays.copyOfRange(tokens, manifest.layout().firstPatch(), tokens.length);
    }

    private static float[] meanOfHeads(StudyManifest manifest, ClsAttention attention, int block) {
        float[] mean = new float[manifest.grid().patches()];
        for (int head = 0; head < attention.heads(); head++) {
            float[] row = patches(manifest, attention.row(block, head));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / attention.heads();
            }
        }
        return mean;
    }

    private Response components(Request request) {
        OpenStudy open = parameters.study(request);
        Layer layer = Parameters.layer(open, request);
        List<Integer> images = Parameters.images(open, request);
        PatchGrid grid = open.study().manifest().grid();
        PatchEndpoints.refuseTooMany(images.size() * PARTS, grid);
        return gate.pass(() -> {
            ComponentMaps maps = open.spaces().components(layer);
            byte[] colors = new byte[images.size() * grid.patches() * PARTS];
            for (int i = 0; i < images.size(); i++) {
                byte[] ofImage = maps.of(images.get(i));
                System.arraycopy(ofImage, 0, colors, i * ofImage.length, ofImage.length);
            }
            return new Response.Numbers(
                    Binary.pixels(colors, images.size(), grid.rows(), grid.columns(), PARTS),
                    Optional.of(validator(open, "components-" + layer, images)));
        });
    }

    private Response masks(Request request) {
        OpenStudy open = parameters.study(request);
        String name = request.required("class");
        List<String> classes = open.study().manifest().maskClasses();
        int index = classes.indexOf(name);
        if (index < 0) {
            throw PatchlensException.usage(
                    "class " + name,
                    classes.isEmpty()
                            ? "the study has no masks"
                            : "the study has the classes " + String.join(", ", classes),
                    "");
        }
        int patches = open.study().manifest().grid().patches();
        return maps(open, request, "mask-" + index, image -> coverage(open, image, index, patches));
    }

    private static float[] coverage(OpenStudy open, int image, int index, int patches) {
        float[] shares = new float[patches];
        Optional<FloatMatrix> coverage = open.study().coverage(image);
        for (int patch = 0; patch < patches; patch++) {
            shares[patch] = coverage.isPresent() ? coverage.get().get(patch, index) : Float.NaN;
        }
        return shares;
    }
}
