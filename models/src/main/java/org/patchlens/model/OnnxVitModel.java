package org.patchlens.model;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.onnx.MachineMemory;
import org.patchlens.model.onnx.surgery.ForeignVit;
import org.patchlens.model.safetensors.WeightFiles;

/// A Vision Transformer in an ONNX file that somebody else exported.
///
/// Loading runs the graph once to learn its sizes. Safe for several threads.
public final class OnnxVitModel implements ImageEncoder {
    /// The family of all these models in a [ModelDescription].
    public static final String FAMILY = "onnx";

    private static final int CHANNELS = 3;

    private final Path path;
    private final ForeignVit vit;
    private final ModelDescription description;
    private final List<VitSession> sessions = new CopyOnWriteArrayList<>();

    private OnnxVitModel(Path path, ForeignVit vit) {
        this.path = path;
        this.vit = vit;
        this.description = new ModelDescription(
                ModelTitle.of(path),
                FAMILY,
                WeightFiles.sha256(vit.files()),
                vit.layers(),
                vit.heads(),
                vit.dimensions(),
                vit.patchSize(),
                vit.grid().rows() * vit.patchSize(),
                vit.parameters(),
                vit.elementType());
    }

    /// Reads the file and finds the parts of the transformer in it.
    ///
    /// @throws PatchlensException if the file is no ONNX graph, is damaged, or holds no plain Vision Transformer
    public static OnnxVitModel load(Path path) {
        return new OnnxVitModel(path, ForeignVit.read(path));
    }

    /// What was found in the graph, and the files that hold it and its weights; the graph first.
    @Override
    public Contents contents() {
        return new Contents(vit.found(), vit.files(), List.of());
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public TokenLayout layout() {
        return vit.layout();
    }

    @Override
    public PatchGrid grid() {
        return vit.grid();
    }

    @Override
    public PatchGrid grid(int inputHeight, int inputWidth) {
        int patch = vit.patchSize();
        if (inputHeight < patch || inputWidth < patch || !vit.accepts(inputHeight, inputWidth)) {
            throw PatchlensException.usage(
                    "size " + inputHeight + " x " + inputWidth,
                    "the graph in " + path + " does not compute inputs of this size",
                    "Use " + vit.grid().rows() * patch + " x " + vit.grid().columns() * patch
                            + ", or export the model for the other size");
        }
        return new PatchGrid(inputHeight / patch, inputWidth / patch);
    }

    /// Makes ready to compute. Reads all weights, to see that none of them is NaN or infinite.
    @Override
    public VitSession open(VitRequest request, Computation computation) {
        PatchGrid grid = grid(request.inputHeight(), request.inputWidth());
        refuseUnknownLayers(request.layers());
        refuseAttention(request.attention());
        refuseOtherPrecision(computation.precision());
        VitSession.Sizes sizes = sizes(grid);
        WorkingMemory.of(sizes, request).refuseBeyond(MachineMemory.bytes(), request);
        vit.requireFiniteWeights();
        VitSession.Plan plan =
                new VitSession.Plan(path.toString(), sizes, grid, request, vit.graph(request), vit.folder());
        VitSession session = VitSession.start(plan, computation);
        sessions.add(session);
        return session;
    }

    @Override
    public long bytesPerImage(VitRequest request) {
        return WorkingMemory.of(sizes(grid(request.inputHeight(), request.inputWidth())), request)
                .bytesPerImage();
    }

    private VitSession.Sizes sizes(PatchGrid grid) {
        return new VitSession.Sizes(
                vit.layers(),
                vit.heads(),
                vit.dimensions(),
                CHANNELS,
                vit.layout().tokens(grid),
                vit.imagesPerRun());
    }

    private void refuseUnknownLayers(List<Layer> layers) {
        for (Layer layer : layers) {
            if (!layer.isLast() && layer.index() > vit.layers()) {
                throw PatchlensException.usage(
                        "layer " + layer, "the model has the layers 0 to " + vit.layers() + ", and last", "");
            }
        }
    }

    private void refuseOtherPrecision(Precision precision) {
        if (precision != Precision.FP32) {
            throw PatchlensException.usage(
                    "precision " + precision,
                    path + " is computed with the numbers that it was exported with",
                    "Give the model as a folder with config.json and model.safetensors, or export it in 8 bits");
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
                if (vit.blocksWithAttention().size() < vit.layers()) {
                    throw unreadable("attention cls");
                }
            }
            case AttentionRequest.OfBlock(int block) -> {
                if (!vit.blocksWithAttention().contains(block)) {
                    throw unreadable("attention of block " + block);
                }
            }
        }
    }

    private PatchlensException unreadable(String subject) {
        return PatchlensException.usage(subject, path + " has " + vit.found(), "");
    }

    @Override
    public void close() {
        sessions.forEach(VitSession::close);
    }
}
