package org.patchlens.model.family;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.safetensors.Checkpoint;
import org.patchlens.model.safetensors.StoredTensor;

/// What the shapes of tensors under timm's names say about a model; every number within bounds.
///
/// @param checkpoint whose headers are read, not its weights
/// @param prefix of all names
/// @param config for messages
record TimmShapes(Checkpoint checkpoint, String prefix, ModelConfig config) {
    /// Before all names in a file that transformers wrote around timm's model.
    static final String OF_WRAPPER = "timm_model.";

    private static final String PATCHES = "patch_embed.proj.weight";
    private static final String UP = "blocks.0.mlp.fc1.weight";
    private static final String DOWN = "blocks.0.mlp.fc2.weight";
    private static final int MOST_DIMENSIONS = 1 << 18;
    private static final int MOST_CHANNELS = 64;
    private static final int LARGEST_PATCH = 1024;
    private static final int LARGEST_IMAGE = 1 << 14;
    private static final int MOST_REGISTERS = 1024;
    private static final int MOST_LAYERS = 1000;

    static TimmShapes of(Checkpoint checkpoint, ModelConfig config) {
        boolean isWrapped = checkpoint.find(OF_WRAPPER + PATCHES).isPresent();
        return new TimmShapes(checkpoint, isWrapped ? OF_WRAPPER : "", config);
    }

    /// @param dimensions D
    /// @param channels of the input
    /// @param side of a patch in pixels
    record Patches(int dimensions, int channels, int side) {}

    /// Whether there is such a tensor.
    boolean has(String name) {
        return find(name).isPresent();
    }

    private Optional<StoredTensor> find(String name) {
        return checkpoint.find(prefix + name);
    }

    /// The patch projection, a convolution.
    Patches patches() {
        List<Long> shape = shape(PATCHES, 4);
        if (!shape.get(2).equals(shape.get(3))) {
            throw config.refused("the patches of " + PATCHES + " are " + shape.get(2) + " x " + shape.get(3)
                    + " pixels; only square patches are supported");
        }
        return new Patches(
                bounded(PATCHES, shape.getFirst(), MOST_DIMENSIONS),
                bounded(PATCHES, shape.get(1), MOST_CHANNELS),
                bounded(PATCHES, shape.get(2), LARGEST_PATCH));
    }

    /// L, counted from the first block; a block behind a gap is found later, as a tensor without a place.
    int layers() {
        int layers = 0;
        while (layers < MOST_LAYERS && has("blocks." + layers + ".norm1.weight")) {
            layers++;
        }
        if (layers == 0) {
            throw missing("blocks.0.norm1.weight");
        }
        return layers;
    }

    int registers() {
        return has("reg_token") ? bounded("reg_token", shape("reg_token", 3).get(1), MOST_REGISTERS) : 0;
    }

    /// Whether one tensor holds gate and up.
    boolean isGated() {
        return shape(UP, 2).getFirst() == 2 * shape(DOWN, 2).getLast();
    }

    int plainDimensions() {
        return bounded(UP, shape(UP, 2).getFirst(), MOST_DIMENSIONS);
    }

    int gatedDimensions() {
        return bounded(DOWN, shape(DOWN, 2).getLast(), MOST_DIMENSIONS);
    }

    /// The stored positions: all special tokens have one, or none has.
    Positions.Learned positions(TokenLayout layout, ModelConfig arguments) {
        int side = patches().side();
        int most = (LARGEST_IMAGE / side) * (LARGEST_IMAGE / side) + layout.firstPatch();
        int count = bounded("pos_embed", shape("pos_embed", 3).get(1), most);
        int special = layout.firstPatch();
        for (int without : arguments.flag("no_embed_class", false) ? new int[] {0} : new int[] {special, 0}) {
            Optional<PatchGrid> grid = grid(count - without, side, arguments);
            if (grid.isPresent()) {
                return new Positions.Learned(grid.get(), without, Positions.Interpolation.BICUBIC_ANTIALIASED);
            }
        }
        throw config.refused("pos_embed holds " + count + " positions, which with " + special
                + " special tokens fill no square" + (arguments.has("img_size") ? " and not model_args.img_size" : "")
                + "; expected is model_args.img_size with height and width");
    }

    private static Optional<PatchGrid> grid(int patches, int side, ModelConfig arguments) {
        if (patches < 1) {
            return Optional.empty();
        }
        if (arguments.has("img_size")) {
            List<Integer> image = arguments.sides("img_size", 1, LARGEST_IMAGE);
            int rows = image.getFirst() / side;
            int columns = image.getLast() / side;
            if (rows > 0 && columns > 0 && rows * columns == patches) {
                return Optional.of(new PatchGrid(rows, columns));
            }
        }
        int root = (int) Math.round(Math.sqrt(patches));
        return root * root == patches ? Optional.of(new PatchGrid(root, root)) : Optional.empty();
    }

    private List<Long> shape(String name, int sides) {
        List<Long> shape = find(name).map(StoredTensor::shape).orElseThrow(() -> missing(name));
        if (shape.size() != sides) {
            throw config.refused("the tensor " + name + " has shape " + shape + ", and one of " + sides
                    + " sides is expected of a plain Vision Transformer");
        }
        return shape;
    }

    private PatchlensException missing(String name) {
        return config.refused("the weights have no tensor " + name + ", which timm's plain Vision Transformers have");
    }

    private int bounded(String name, long value, int largest) {
        if (value < 1 || value > largest) {
            throw config.refused("the tensor " + name + " has a side of " + value + "; expected is 1 to " + largest);
        }
        return Math.toIntExact(value);
    }
}
