package org.patchlens.model;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.family.ModelConfig;
import org.patchlens.model.family.ModelFamilies;
import org.patchlens.model.family.ModelFamily;
import org.patchlens.model.family.WeightBinding;
import org.patchlens.model.onnx.GraphSource;
import org.patchlens.model.onnx.MachineMemory;
import org.patchlens.model.onnx.SequenceStart;
import org.patchlens.model.onnx.VitGraph;
import org.patchlens.model.safetensors.Checkpoint;
import org.patchlens.model.safetensors.FiniteWeights;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.model.safetensors.WeightFiles;
import org.patchlens.tensor.FloatMatrix;

/// A Vision Transformer in a folder of the Hugging Face kind: `config.json` and `model.safetensors`.
///
/// Loading reads and checks; memory for weights is taken by [#open]. Safe for several threads.
public final class VitModel implements ImageEncoder {
    private final Path folder;
    private final VitArchitecture architecture;
    private final WeightBinding binding;
    private final Checkpoint checkpoint;
    private final ModelDescription description;
    private final List<VitSession> sessions = new CopyOnWriteArrayList<>();

    /// Two threads that open at once may both read all weights; nothing else comes of it.
    private volatile boolean finite;

    private VitModel(Path folder, VitArchitecture architecture, WeightBinding binding, Checkpoint checkpoint) {
        this.folder = folder;
        this.architecture = architecture;
        this.binding = binding;
        this.checkpoint = checkpoint;
        this.description = new ModelDescription(
                ModelTitle.of(folder),
                architecture.family(),
                WeightFiles.sha256(checkpoint.files()),
                architecture.layers(),
                architecture.heads(),
                architecture.dimensions(),
                architecture.patchSize(),
                architecture.imageHeight(),
                binding.weights().parameters(),
                types(binding));
    }

    /// Reads the configuration and the headers of the weights, and checks one against the other.
    ///
    /// @throws PatchlensException if the folder holds no Vision Transformer of a known family, or a damaged one
    public static VitModel load(Path folder) {
        ModelConfig config = ModelConfig.read(folder);
        ModelFamily family = ModelFamilies.get(config);
        VitArchitecture architecture = family.architecture().apply(config, () -> Checkpoint.open(folder));
        Checkpoint checkpoint = Checkpoint.open(folder);
        return new VitModel(
                folder, architecture, WeightBinding.of(family, architecture, checkpoint, folder), checkpoint);
    }

    /// What studies keep of the model.
    @Override
    public ModelDescription description() {
        return description;
    }

    /// What the model consists of.
    public VitArchitecture architecture() {
        return architecture;
    }

    /// The special tokens of its sequence.
    @Override
    public TokenLayout layout() {
        return architecture.layout();
    }

    /// The grid of patches over an input.
    ///
    /// @param inputHeight in pixels
    /// @param inputWidth in pixels
    /// @throws PatchlensException if the patches do not fill the input
    @Override
    public PatchGrid grid(int inputHeight, int inputWidth) {
        refuseUneven(inputHeight);
        refuseUneven(inputWidth);
        return architecture.grid(inputHeight, inputWidth);
    }

    @Override
    public PatchGrid grid() {
        return architecture.trainedGrid();
    }

    @Override
    public long bytesPerImage(VitRequest request) {
        return memory(request).bytesPerImage();
    }

    private WorkingMemory memory(VitRequest request) {
        return WorkingMemory.of(architecture, grid(request.inputHeight(), request.inputWidth()), request);
    }

    @Override
    public Contents contents() {
        String readable = "tokens of " + architecture.layers() + " layers, attention of " + architecture.layers();
        return new Contents(readable, checkpoint.files(), binding.ignored());
    }

    /// Makes ready to compute. Costs a second and the memory of the weights; keep the session.
    ///
    /// The first call reads all weights once, to see that none of them is NaN or infinite.
    ///
    /// @throws PatchlensException if the model has no such layer or block, or no CLS token although its attention
    ///     is asked for, or if the attention does not fit into memory, or if a weight is no number
    @Override
    public VitSession open(VitRequest request, Computation computation) {
        PatchGrid grid = grid(request.inputHeight(), request.inputWidth());
        refuseUnknownLayers(request.layers());
        refuseAttention(request.attention());
        refuseIntegersElsewhere(computation);
        memory(request).refuseBeyond(MachineMemory.bytes(), request);
        requireFiniteWeights();
        VitSession session = VitSession.start(plan(grid, request, computation.precision()), computation);
        sessions.add(session);
        return session;
    }

    private VitSession.Plan plan(PatchGrid grid, VitRequest request, Precision precision) {
        VitSession.Sizes sizes = new VitSession.Sizes(
                architecture.layers(),
                architecture.heads(),
                architecture.dimensions(),
                architecture.channels(),
                layout().tokens(grid),
                OptionalInt.empty());
        return new VitSession.Plan(
                folder.toString(), sizes, grid, request, graph(grid, request, precision), weightsFolder());
    }

    private VitGraph graph(PatchGrid grid, VitRequest request, Precision precision) {
        FloatMatrix start = SequenceStart.of(architecture, binding.weights(), grid);
        return VitGraph.write(new GraphSource(architecture, binding.weights(), precision), start, request);
    }

    /// The ONNX graph that a session of this request runs, serialized. Its weights are external data in
    /// [#weightsFolder()].
    public byte[] onnx(VitRequest request) {
        PatchGrid grid = grid(request.inputHeight(), request.inputWidth());
        return graph(grid, request, Precision.FP32).model().toByteArray();
    }

    /// The real folder of the files that hold the weights, links resolved.
    public Path weightsFolder() {
        return binding.weights().folder();
    }

    /// Ends all sessions.
    @Override
    public void close() {
        sessions.forEach(VitSession::close);
    }

    private void requireFiniteWeights() {
        if (!finite) {
            binding.weights().all().forEach(FiniteWeights::require);
            finite = true;
        }
    }

    private void refuseUneven(int side) {
        int patch = architecture.patchSize();
        int largest = patch * PatchGrid.LARGEST_SIDE;
        if (side < patch || side % patch != 0 || side > largest) {
            int nearest = Math.clamp(Math.round((double) side / patch), 1, PatchGrid.LARGEST_SIDE) * patch;
            throw PatchlensException.usage(
                    "size " + side,
                    "the model's patches are " + patch + " pixels wide, and a size is a multiple of that",
                    "Use " + nearest);
        }
    }

    private void refuseUnknownLayers(List<Layer> layers) {
        for (Layer layer : layers) {
            if (!layer.isLast() && layer.index() > architecture.layers()) {
                throw PatchlensException.usage(
                        "layer " + layer, "the model has the layers 0 to " + architecture.layers() + ", and last", "");
            }
        }
    }

    private static void refuseIntegersElsewhere(Computation computation) {
        if (computation.precision() == Precision.INT8 && computation.device() != Device.CPU) {
            throw PatchlensException.usage(
                    "precision int8",
                    "8-bit integers are computed on the processor, and " + computation.device() + " was asked for",
                    "Leave out one of both");
        }
    }

    private void refuseAttention(AttentionRequest attention) {
        switch (attention) {
            case AttentionRequest.None() -> {}
            case AttentionRequest.Cls() -> {
                if (layout().cls().isEmpty()) {
                    throw PatchlensException.usage(
                            "attention cls", "the model has no CLS token whose attention could be read", "");
                }
            }
            case AttentionRequest.OfBlock(int block) -> {
                if (block < 1 || block > architecture.layers()) {
                    throw PatchlensException.usage(
                            "attention of block " + block,
                            "the model has the blocks 1 to " + architecture.layers(),
                            "");
                }
            }
        }
    }

    private static String types(WeightBinding binding) {
        return binding
                .weights()
                .all()
                .collect(Collectors.groupingBy(StoredTensor::type, Collectors.summingLong(StoredTensor::elements)))
                .entrySet()
                .stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .orElseThrow()
                .getKey()
                .name();
    }
}
