package org.patchlens.image.raster;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.patchlens.PatchlensException;

/// A decoder of the JDK or of TwelveMonkeys, fenced in: whatever it throws at damaged input becomes a
/// [PatchlensException]. One reader serves one image, so threads share nothing.
final class Codec {
    private final ImageReaderSpi provider;
    private final Predicate<String> harmless;

    /// @param provider makes the readers
    /// @param harmless whether a warning of the decoder may be passed over; any other means damaged pixels
    Codec(ImageReaderSpi provider, Predicate<String> harmless) {
        this.provider = provider;
        this.harmless = harmless;
    }

    /// The JDK's own provider for a format; other libraries register theirs for the same name.
    static ImageReaderSpi ofJdk(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReaderSpi provider = readers.next().getOriginatingProvider();
            if (provider.getClass().getModule().getName() != null) {
                return provider;
            }
        }
        throw new IllegalStateException("this Java has no decoder for " + format);
    }

    /// Decodes to samples as they are stored, without any conversion of colours.
    Raster raster(Source source, byte[] bytes, int frame) {
        return decode(source, bytes, reader -> reader.readRaster(frame, null));
    }

    /// Decodes to an image with a colour model.
    BufferedImage image(Source source, byte[] bytes, int frame) {
        return decode(source, bytes, reader -> reader.read(frame));
    }

    private interface Step<T> {
        T run(ImageReader reader) throws IOException;
    }

    private <T> T decode(Source source, byte[] bytes, Step<T> step) {
        List<String> warnings = new ArrayList<>();
        ImageReader reader = null;
        try (ImageInputStream in = new PictureBytes(bytes)) {
            reader = provider.createReaderInstance();
            reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
            reader.setInput(in, false, true);
            T result = step.run(reader);
            for (String warning : warnings) {
                if (!harmless.test(warning)) {
                    throw source.damaged("its pixels are damaged (" + warning + ")");
                }
            }
            return result;
        } catch (PatchlensException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // The decoders answer damage with exceptions of all kinds, and with the memory that a header asks for.
            throw source.damaged("its pixels cannot be decoded" + reason(e)).causedBy(e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static String reason(Throwable e) {
        if (e instanceof PictureBytes.Exhausted) {
            return " (they end early)";
        }
        return e instanceof javax.imageio.IIOException && e.getMessage() != null
                ? " (" + e.getMessage().replaceAll("\\s+", " ").strip() + ")"
                : "";
    }
}
