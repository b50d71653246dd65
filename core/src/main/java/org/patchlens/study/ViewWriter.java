package org.patchlens.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.study.disk.NpyWriter;

/// Writes `view.npy`: one channel as long as every image is grey; the first image with colours turns the file into
/// one of three channels.
final class ViewWriter implements AutoCloseable {
    static final String DESCRIPTOR = "|u1";

    private final Path file;
    private final int height;
    private final int width;
    private NpyWriter writer;
    private int channels = 1;

    ViewWriter(Path file, int height, int width) throws IOException {
        this.file = file;
        this.height = height;
        this.width = width;
        this.writer = open(file, 1);
    }

    private NpyWriter open(Path path, int newChannels) throws IOException {
        return new NpyWriter(path, DESCRIPTOR, List.of(height, width, newChannels));
    }

    /// 1 or 3.
    int channels() {
        return channels;
    }

    void append(ViewImage view) throws IOException {
        if (view.height() != height || view.width() != width) {
            throw new IllegalArgumentException(view + "; the study's input is " + width + " x " + height);
        }
        boolean grey = view.isGrey();
        if (channels == 1 && !grey) {
            turnToColour();
        }
        ViewImage kept = channels == 1 ? view.toGrey() : view.toColour();
        writer.append(kept.samples());
    }

    private void turnToColour() throws IOException {
        writer.close();
        Path coloured = DurableFiles.temporary(file);
        NpyWriter newWriter = open(coloured, 3);
        try (InputStream grey = Files.newInputStream(file)) {
            grey.skipNBytes(NpyHeader.BYTES);
            for (byte[] samples = grey.readNBytes(width * height);
                    samples.length > 0;
                    samples = grey.readNBytes(width * height)) {
                newWriter.append(
                        new ViewImage(width, height, 1, samples).toColour().samples());
            }
        } finally {
            writer = newWriter;
        }
        Files.move(coloured, file, StandardCopyOption.REPLACE_EXISTING);
        channels = 3;
    }

    void finish() throws IOException {
        writer.finish();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
