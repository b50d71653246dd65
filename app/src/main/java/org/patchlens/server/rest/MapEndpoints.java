package org.patchlens.server.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// What can be laid over images without a question: one number per patch.
final class MapEndpoints {
    private static final Query LAYER = new Query("layer", "A layer that is stored; the deepest without it", false);
    private static final Query IMAGES =
            new Query("images", "Numbers from 0, separated by commas, at most 64; or all", true);

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
                                "What CLS reads: its softmax row over the patches, special tokens left out",
                                maps,
                                this::attention)
                        .with(
                                new Query("layer", "A block, from 1; or rollout over all of them", true),
                                new Query("head", "A head, from 0; or mean, which it is without it", false),
                                IMAGES),
                Route.get(
                                "/api/studies/{study}/masks",
                                "The share of each patch that a class covers, 0 to 1; NaN for images without a mask",
                                maps,
                                this::masks)
                        .with(new Query("class", "One of the study's mask classes", true), IMAGES));
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
        String validator =
                open.id() + "-" + name + "-" + Integer.toHexString(images.hashCode()) + "-" + images.size();
        return gate.pass(() -> {
            float[] values = new float[images.size() * grid.patches()];
            for (int i = 0; i < images.size(); i++) {
                float[] ofImage = map.of(images.get(i));
                System.arraycopy(ofImage, 0, values, i * grid.patches(), grid.patches());
            }
            return new Response.Numbers(
                    Binary.floats(values, images.size(), grid.rows(), grid.columns()), Optional.of(validator));
        });
    }

    private Response norms(Request request) {
        OpenStudy open = parameters.study(request);
        Layer layer = Parameters.layer(open, request);
        return maps(
                open,
                request,
                "norms-" + layer,
                image -> Kernels.rowNorms(open.study().embeddings(image, layer).patches()));
    }

    private Response attention(Request request) {
        OpenStudy open = parameters.study(request);
        String layer = request.required("layer");
        String head = request.query("head").orElse("mean");
        StudyManifest manifest = open.study().manifest();
        if (layer.equals("rollout")) {
            return maps(open, request, "rollout", image -> patches(manifest, stored(open, image)
                    .rollout()));
        }
        int block = number("layer", layer, 1, manifest.model().layers());
        if (head.equals("mean")) {
            return maps(open, request, "attention-" + block, image -> meanOfHeads(manifest, stored(open, image), block));
        }
        int one = number("head", head, 0, manifest.model().heads() - 1);
        return maps(open, request, "attention-" + block + "-" + one, image -> patches(manifest, stored(open, image)
                .row(block, one)));
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
