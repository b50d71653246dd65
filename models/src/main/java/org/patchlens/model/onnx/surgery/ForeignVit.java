package org.patchlens.model.onnx.surgery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.onnx.VitGraph;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// A Vision Transformer in an ONNX file that somebody else exported, and where its tokens and attention are in the
/// graph.
///
/// Everything is found by structure: the patches by the one convolution whose steps are its kernel, the blocks by
/// the longest chain of residual sums, attention by the softmax inside a sum's branch, the special tokens by what
/// is concatenated with the patches. Names mean nothing.
public final class ForeignVit {
    private final OnnxFile file;
    private final Probe.Subject subject;
    private final ValueGraph graph;
    private final PatchProjection patches;
    private final ResidualStream stream;
    private final List<Block> blocks;
    private final Optional<String> finalNorm;
    private final TokenSequence sequence;
    private final Probe probe;
    private final ForeignWeights weights;

    private ForeignVit(OnnxFile file, ModelProto model) {
        this.file = file;
        ImageInput input = ImageInput.find(model.getGraph());
        this.subject = new Probe.Subject(model, input, file.folder(), file.path());
        this.graph = new ValueGraph(model.getGraph(), input.name());
        refuseWithoutAttention();
        this.patches = PatchProjection.find(graph);
        this.stream = ResidualStream.find(graph);
        this.blocks = Block.of(stream, graph);
        this.finalNorm = FinalNorm.after(blocks.getLast().output(), graph);
        this.probe = new FirstRun(subject, patches.patchSize()).of(probed());
        this.sequence = TokenSequence.of(graph, patches, stream, probe);
        refuseOtherShapes();
        this.weights = ForeignWeights.of(file, initializersOfTokens());
    }

    /// Reads a graph, finds its parts, and runs it once on black pictures to learn sizes.
    ///
    /// @throws PatchlensException if it cannot be read or run, or is no plain Vision Transformer
    public static ForeignVit read(Path path) {
        OnnxFile file = OnnxFile.read(path);
        try {
            return new ForeignVit(file, Rewriting.apply(file.model()));
        } catch (Unusable e) {
            throw PatchlensException.badData(path.toString(), e.problem(), "").causedBy(e);
        }
    }

    private void refuseWithoutAttention() {
        if (graph.nodes().stream()
                .noneMatch(node ->
                        node.getOpType().equals("Softmax") || node.getOpType().contains("Attention"))) {
            long convolutions = graph.nodes().stream()
                    .filter(node -> node.getOpType().contains("Conv"))
                    .count();
            throw new Unusable(
                    "the graph has no attention, but " + convolutions + " convolutions; it is no Vision Transformer");
        }
    }

    private List<String> probed() {
        Set<String> values = new LinkedHashSet<>(List.of(patches.output(), stream.start()));
        blocks.forEach(block -> {
            values.add(block.output());
            block.probabilities().ifPresent(values::add);
        });
        finalNorm.ifPresent(values::add);
        TokenSequence.joins(graph, patches, stream).forEach(join -> values.addAll(join.getInputList()));
        return List.copyOf(values);
    }

    private List<TensorProto> initializersOfTokens() {
        GraphEdit edit = PixelInput.copy(subject.model(), subject.input(), 1, 1);
        edit.output(finalNorm.orElse(blocks.getLast().output()), TensorProto.DataType.FLOAT, dimensions());
        return edit.buildPruned().getGraph().getInitializerList();
    }

    private void refuseOtherShapes() {
        List<Long> tokens = probe.shape(stream.start());
        for (Block block : blocks) {
            if (!probe.shape(block.output()).equals(tokens)) {
                throw new Unusable("its blocks make " + tokens + " and " + probe.shape(block.output())
                        + ", and those of a plain Vision Transformer all make the same");
            }
            block.probabilities().ifPresent(this::refuseWindows);
        }
    }

    private void refuseWindows(String probabilities) {
        List<Long> shape = probe.shape(probabilities);
        long tokens = sequence.layout().tokens(sequence.grid());
        boolean square = shape.size() >= 3 && shape.getLast() == tokens && shape.get(shape.size() - 2) == tokens;
        if (!square || heads(shape) < 1) {
            throw new Unusable("its attention is " + shape + " for " + probe.images() + " pictures of " + tokens
                    + " tokens, and in a plain Vision Transformer every token reads every other");
        }
    }

    private int heads(List<Long> shape) {
        long matrices = shape.size() == 3 ? shape.getFirst() / probe.images() : shape.get(1);
        return shape.size() <= 4 ? Math.toIntExact(matrices) : 0;
    }

    /// L, the number of blocks.
    public int layers() {
        return blocks.size();
    }

    /// A, the number of heads; 0 if no attention was found.
    public int heads() {
        return blocks.stream()
                .flatMap(block -> block.probabilities().stream())
                .map(value -> heads(probe.shape(value)))
                .findFirst()
                .orElse(0);
    }

    /// D, the length of a token.
    public int dimensions() {
        return sequence.dimensions();
    }

    /// The side of a patch in pixels.
    public int patchSize() {
        return patches.patchSize();
    }

    /// The special tokens.
    public TokenLayout layout() {
        return sequence.layout();
    }

    /// The grid at the size that the graph was exported for.
    public PatchGrid grid() {
        return sequence.grid();
    }

    /// The blocks whose attention can be returned, from 1.
    public List<Integer> blocksWithAttention() {
        return IntStream.rangeClosed(1, blocks.size())
                .filter(block -> blocks.get(block - 1).probabilities().isPresent())
                .boxed()
                .toList();
    }

    /// What was found, in words: `tokens of 12 layers, attention of 12`.
    public String found() {
        List<Integer> readable = blocksWithAttention();
        String found = "tokens of " + layers() + " layers, attention of " + readable.size();
        return readable.size() == layers()
                ? found
                : found + ": the graph uses "
                        + blocks.stream()
                                .filter(block -> block.probabilities().isEmpty())
                                .map(Block::attentionOperator)
                                .distinct()
                                .limit(3)
                                .map(Words::shown)
                                .collect(Collectors.joining(", "))
                        + ", which does not return its softmax";
    }

    /// How many pictures a run takes, if the graph fixes that.
    public OptionalInt imagesPerRun() {
        return subject.input().images().isPresent() || probe.images() > 1
                ? subject.input().images()
                : OptionalInt.of(1);
    }

    /// How many numbers tokens of the last layer are computed with.
    public long parameters() {
        return weights.count();
    }

    /// The type that most of these numbers have, such as `F32`.
    public String elementType() {
        return weights.type();
    }

    /// Reads the weights once.
    ///
    /// @throws PatchlensException if one is NaN or infinite; names the tensor
    public void requireFiniteWeights() {
        weights.requireFinite();
    }

    /// The files that hold the graph and its weights, the graph first.
    public List<Path> files() {
        return file.files();
    }

    /// The real folder that the weights of [#graph] are relative to.
    public Path folder() {
        return file.folder();
    }

    /// Whether the graph was exported for this size, or computes it as well.
    public boolean accepts(int height, int width) {
        if (isExportedSize(height, width)) {
            return true;
        }
        if (subject.input().height().orElse(height) != height
                || subject.input().width().orElse(width) != width) {
            return false;
        }
        try {
            Probe other = Probe.run(
                    subject,
                    1,
                    height,
                    width,
                    List.of(stream.start(), blocks.getLast().output()));
            long tokens = layout().tokens(new PatchGrid(height / patchSize(), width / patchSize()));
            return other.shape(blocks.getLast().output()).equals(List.of(1L, tokens, (long) dimensions()));
        } catch (PatchlensException e) {
            return false;
        }
    }

    private boolean isExportedSize(int height, int width) {
        return height == grid().rows() * patchSize() && width == grid().columns() * patchSize();
    }

    /// A copy of the graph that returns what is asked for and computes nothing else.
    ///
    /// @param request settled: its size is accepted, its layers and blocks exist, and its attention can be read
    public VitGraph graph(VitRequest request) {
        PatchGrid grid = new PatchGrid(request.inputHeight() / patchSize(), request.inputWidth() / patchSize());
        ForeignGraph copy = new ForeignGraph(
                PixelInput.copy(subject.model(), subject.input(), request.inputHeight(), request.inputWidth()),
                layout(),
                layout().tokens(grid),
                dimensions());
        List<String> tokens = new ArrayList<>();
        request.layers().forEach(layer -> tokens.add(copy.tokens(value(layer.isLast(), layer.index()))));
        List<String> attention = switch (request.attention()) {
            case AttentionRequest.None() -> List.of();
            case AttentionRequest.OfBlock(int block) -> List.of(copy.matrices(probabilities(block), heads()));
            case AttentionRequest.Cls() ->
                copy.cls(
                        IntStream.rangeClosed(1, layers())
                                .mapToObj(this::probabilities)
                                .toList(),
                        heads());
        };
        return new VitGraph(copy.build(), tokens, attention, List.of());
    }

    private String value(boolean last, int layer) {
        if (last) {
            return finalNorm.orElse(blocks.getLast().output());
        }
        return layer == 0 ? stream.start() : blocks.get(layer - 1).output();
    }

    private String probabilities(int block) {
        return blocks.get(block - 1).probabilities().orElseThrow();
    }
}
