package org.patchlens.image.raster;

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.patchlens.image.ImageFile;
import org.patchlens.image.PixelImage;

/// The frames of an animation: each part is drawn on the canvas that the parts before it left. Frames are composed
/// in their order, so that reading them one after the other draws each part once. Not safe for several threads.
final class Animation implements ImageFile {
    private final String format;
    private final Screen screen;
    private final List<Part> parts;
    private final IntFunction<Layer> decoder;
    private final Orientation orientation;
    private @Nullable Canvas canvas;
    private int shown = -1;

    /// @param decoder gives the pixels of a part
    Animation(Format format, Screen screen, List<Part> parts, IntFunction<Layer> decoder) {
        this.format = format.name();
        this.orientation = format.orientation();
        this.screen = screen;
        this.parts = List.copyOf(parts);
        this.decoder = decoder;
    }

    /// What all frames share beside the canvas.
    ///
    /// @param name of the format
    /// @param orientation of every frame
    record Format(String name, Orientation orientation) {
        /// Without an orientation.
        static Format upright(String name) {
            return new Format(name, Orientation.UPRIGHT);
        }
    }

    /// The area on which parts are drawn.
    ///
    /// @param background `0xRRGGBB`, transparent
    record Screen(int width, int height, int background) {}

    /// Where a part lies, how it is drawn and what becomes of it before the next one.
    ///
    /// @param cleared whether the canvas is emptied before; so are still images that stand before an animation
    record Part(int left, int top, int width, int height, Blend blend, Disposal disposal, boolean cleared) {}

    /// How a part is drawn.
    enum Blend {
        /// Its transparency replaces that of the canvas.
        REPLACE,
        /// The canvas shines through.
        OVER
    }

    /// What becomes of the area of a part after it was shown.
    sealed interface Disposal {
        /// It stays.
        record Keep() implements Disposal {}

        /// It is as before the part was drawn.
        record Previous() implements Disposal {}

        /// It is empty.
        ///
        /// @param colour of the transparent pixels, `0xRRGGBB`
        record Empty(int colour) implements Disposal {}
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public int frames() {
        return parts.size();
    }

    @Override
    public PixelImage read(int frame) {
        Objects.checkIndex(frame, parts.size());
        if (canvas == null || frame < shown) {
            canvas = new Canvas(screen);
            shown = -1;
        }
        Canvas drawn = canvas;
        while (shown < frame) {
            // A damaged part ends here: what was drawn so far is started again at the next reading.
            canvas = null;
            Part part = parts.get(shown + 1);
            drawn.draw(part, decoder.apply(shown + 1));
            canvas = drawn;
            shown++;
        }
        return orientation.apply(drawn.image());
    }

    @Override
    public void close() {
        canvas = null;
    }
}
