package org.patchlens.server.rest;

import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.server.http.Binary;
import org.patchlens.server.http.Gate;
import org.patchlens.server.http.Json;
import org.patchlens.server.http.Request;
import org.patchlens.server.http.Response;
import org.patchlens.server.http.Route;
import org.patchlens.server.http.Route.Answer;
import org.patchlens.server.http.Route.Query;
import org.patchlens.server.picture.Png;
import org.patchlens.server.picture.Sheet;
import org.patchlens.server.picture.Thumbnail;
import org.patchlens.server.study.OpenStudy;
import org.patchlens.study.ViewImage;
import org.patchlens.study.disk.Checksum;

/// Images as the model saw them: whole, small, many on a sheet, patches of them.
final class ImageEndpoints {
    private static final int SIZE = 96;
    private static final int SMALLEST = 8;
    private static final int LARGEST = 512;
    private static final int MOST_ON_A_SHEET = 1024;
    private static final int MOST_PATCHES = 4096;
    private static final int MOST_CONTEXT = 8;
    private static final long MOST_SHEET_PIXELS = 1L << 24;

    private final Parameters parameters;
    private final Gate gate;

    ImageEndpoints(Parameters parameters, Gate gate) {
        this.parameters = parameters;
        this.gate = gate;
    }

    List<Route> routes() {
        Answer png = new Answer.Picture();
        return List.of(
                Route.get(
                        "/api/studies/{study}/images/{image}/view",
                        "An image as the model saw it, before normalization",
                        png,
                        this::view),
                Route.get("/api/studies/{study}/images/{image}/thumbnail", "The same, small", png, this::thumbnail)
                        .with(new Query("size", "Its longer side in pixels, 8 to 512; 96 without it", false)),
                Route.get(
                        "/api/studies/{study}/pixels/{image}",
                        "The view as numbers, for windowing on the other side",
                        new Answer.Numbers("u8 [rows][columns][channels]; 1 channel (grey) or 3 (red, green, blue)"),
                        this::pixels),
                Route.get(
                                "/api/studies/{study}/atlas",
                                "Thumbnails of consecutive images on one sheet, row by row, as many columns as the root"
                                        + " of their number, rounded up",
                                png,
                                this::atlas)
                        .with(
                                new Query("from", "The first image; 0 without it", false),
                                new Query("count", "How many, 1 to 1024", true),
                                new Query("size", "The side of a square in pixels; 96 without it", false)),
                Route.post(
                        "/api/studies/{study}/patch-atlas",
                        "Patches on one sheet, row by row, as many columns as the root of their number, rounded up",
                        Patches.class,
                        png,
                        this::patchAtlas));
    }

    /// @param patches triples of image, row and column; at most 4096
    /// @param size of a square in pixels, 8 to 512; 32 without it
    /// @param context how many patches around each are shown with it, 0 to 8; 0 without it
    record Patches(List<List<Integer>> patches, Integer size, Integer context) {}

    private Response view(Request request) {
        OpenStudy open = parameters.study(request);
        int image = Parameters.image(open, request);
        return new Response.Picture(
                open.id() + "-view-" + image,
                () -> gate.pass(() -> Png.of(open.study().view(image))));
    }

    private Response thumbnail(Request request) {
        OpenStudy open = parameters.study(request);
        int image = Parameters.image(open, request);
        int size = request.queryNumber("size", SIZE, SMALLEST, LARGEST);
        return new Response.Picture(
                open.id() + "-thumbnail-" + image + "-" + size,
                () -> gate.pass(() -> Png.of(Thumbnail.of(open.study().view(image), size))));
    }

    private Response pixels(Request request) {
        OpenStudy open = parameters.study(request);
        int image = Parameters.image(open, request);
        ViewImage view = open.study().view(image);
        return new Response.Numbers(
                Binary.pixels(view.samples(), view.height(), view.width(), view.channels()),
                java.util.Optional.of(open.id() + "-pixels-" + image));
    }

    private Response atlas(Request request) {
        OpenStudy open = parameters.study(request);
        int images = open.study().images().size();
        int from = request.queryNumber("from", 0, 0, Math.max(0, images - 1));
        request.required("count");
        int count = Math.min(request.queryNumber("count", 1, 1, MOST_ON_A_SHEET), images - from);
        int size = request.queryNumber("size", SIZE, SMALLEST, LARGEST);
        checkSheet(count, size);
        return new Response.Picture(
                open.id() + "-atlas-" + from + "-" + count + "-" + size,
                () -> gate.pass(() -> sheetOfImages(open, from, count, size)));
    }

    private static void checkSheet(int count, int size) {
        long side = (long) Sheet.columns(count) * size;
        if (count < 1 || side * side > MOST_SHEET_PIXELS) {
            throw PatchlensException.usage(
                    "sheet", count + " squares of " + size + " pixels are too many for one sheet", "Ask for fewer.");
        }
    }

    private static byte[] sheetOfImages(OpenStudy open, int from, int count, int size) {
        List<ViewImage> small = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            small.add(Thumbnail.of(open.study().view(from + i), size));
        }
        return sheet(small, size);
    }

    private static byte[] sheet(List<ViewImage> pictures, int size) {
        int channels = pictures.stream().mapToInt(ViewImage::channels).max().orElse(1);
        Sheet sheet = new Sheet(pictures.size(), size, channels);
        for (int i = 0; i < pictures.size(); i++) {
            sheet.put(i, pictures.get(i));
        }
        return Png.of(sheet.image());
    }

    private Response patchAtlas(Request request) {
        OpenStudy open = parameters.study(request);
        Patches body = request.body(Patches.class);
        List<PatchPlace> places = PatchPlace.all(open, body.patches(), MOST_PATCHES);
        int size = between("size", body.size() == null ? 32 : body.size(), SMALLEST, LARGEST);
        int context = between("context", body.context() == null ? 0 : body.context(), 0, MOST_CONTEXT);
        checkSheet(places.size(), size);
        String validator =
                open.id() + "-patches-" + Checksum.of(Json.bytes(body)).substring(0, 32);
        return new Response.Picture(validator, () -> gate.pass(() -> sheetOfPatches(open, places, size, context)));
    }

    static int between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw PatchlensException.usage(
                    name, "is " + value + "; a number from " + least + " to " + most + " is expected", "");
        }
        return value;
    }

    private static byte[] sheetOfPatches(OpenStudy open, List<PatchPlace> places, int size, int context) {
        PatchGrid grid = open.study().manifest().grid();
        java.util.Map<Integer, ViewImage> views = new java.util.HashMap<>();
        List<ViewImage> cut = new java.util.ArrayList<>();
        for (PatchPlace place : places) {
            if (views.size() > Parameters.MOST_IMAGES) {
                views.clear();
            }
            ViewImage view = views.computeIfAbsent(place.image(), open.study()::view);
            cut.add(Cut.of(view, grid, place, context, size));
        }
        return sheet(cut, size);
    }
}
