package org.patchlens.neighbor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.JsonFields;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.node.ObjectNode;

/// A graph of neighbours as files: `neighbors.npy`, `<i4 [N][K]`; `distances.npy`, `<f4 [N][K]`; `graph.json`.
final class GraphFiles {
    private static final String NEIGHBORS = "neighbors.npy";
    private static final String DISTANCES = "distances.npy";
    private static final String INDEX = "graph.json";
    private static final int LONGEST_INDEX = 4096;
    private static final int BUFFER = 1 << 16;

    private GraphFiles() {}

    static void write(MeasuredGraph measured, Path folder) throws IOException {
        NeighborGraph graph = measured.graph();
        writeRows(
                folder.resolve(NEIGHBORS),
                "<i4",
                graph,
                (many, rank, point) -> many.putInt(graph.neighbor(point, rank)));
        writeRows(
                folder.resolve(DISTANCES),
                "<f4",
                graph,
                (many, rank, point) -> many.putFloat(graph.distance(point, rank)));
        ObjectNode index = JsonFields.object();
        index.put("points", graph.points());
        index.put("neighbors", graph.neighbors());
        index.put("recall", Double.toString(measured.recall())); // as text it comes back as it was
        Files.write(folder.resolve(INDEX), JsonFields.write(index));
    }

    @FunctionalInterface
    private interface Put {
        void put(ByteBuffer many, int rank, int point);
    }

    private static void writeRows(Path file, String type, NeighborGraph graph, Put put) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(
                    channel,
                    ByteBuffer.wrap(
                            header(type, graph.points(), graph.neighbors()).bytes()));
            ByteBuffer many = wholeRows(graph.neighbors());
            for (int point = 0; point < graph.points(); point++) {
                for (int rank = 0; rank < graph.neighbors(); rank++) {
                    put.put(many, rank, point);
                }
                if (!many.hasRemaining() || point == graph.points() - 1) {
                    writeAll(channel, many.flip());
                    many.clear();
                }
            }
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer wholeRows(int neighbors) {
        int row = Math.multiplyExact(neighbors, Float.BYTES);
        return ByteBuffer.allocate(row * Math.max(1, BUFFER / row)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void fill(FileChannel channel, ByteBuffer bytes) throws IOException {
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes);
        }
        bytes.flip();
    }

    private static NpyHeader header(String type, int points, int neighbors) {
        return new NpyHeader(type, List.of(points, neighbors));
    }

    /// Empty if the files are not what [#write] makes, which their checksums make all but impossible.
    static Optional<MeasuredGraph> read(Path folder) {
        try {
            JsonFields index = JsonFields.read(folder.resolve(INDEX), LONGEST_INDEX);
            int points = index.integer("points", 1, Integer.MAX_VALUE);
            int k = index.integer("neighbors", 1, points - 1);
            double recall = Double.parseDouble(index.text("recall", 32));
            int[] neighbors = new int[Math.multiplyExact(points, k)];
            FloatMatrix distances = FloatMatrix.zeros(points, k);
            readRows(
                    folder.resolve(NEIGHBORS),
                    header("<i4", points, k),
                    (many, rank, point) -> neighbors[point * k + rank] = many.getInt());
            readRows(
                    folder.resolve(DISTANCES),
                    header("<f4", points, k),
                    (many, rank, point) -> distances.set(point, rank, many.getFloat()));
            return Optional.of(new MeasuredGraph(new NeighborGraph(neighbors, distances), recall));
        } catch (PatchlensException | IOException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void readRows(Path file, NpyHeader header, Put take) throws IOException {
        int points = header.shape().get(0);
        int k = header.shape().get(1);
        if (Files.size(file) != header.fileBytes(Float.BYTES)) {
            throw new IOException(file + " has another length");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(NpyHeader.BYTES);
            ByteBuffer many = wholeRows(k).limit(0);
            for (int point = 0; point < points; point++) {
                if (!many.hasRemaining()) {
                    many.clear();
                    fill(channel, many);
                }
                for (int rank = 0; rank < k; rank++) {
                    take.put(many, rank, point);
                }
            }
        }
    }
}
