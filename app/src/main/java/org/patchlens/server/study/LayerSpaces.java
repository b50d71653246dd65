package org.patchlens.server.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.LayerPatches;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.tensor.TaskPool;

/// What is measured once per layer before a click on a patch can be answered, the last used kept. Safe for several
/// threads: who asks for what is being measured waits for it.
public final class LayerSpaces {
    private static final int MOST_KEPT = 12;

    private final Study study;
    private final Map<Key, FutureTask<?>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, FutureTask<?>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /// What is measured.
    ///
    /// @param what a word for it
    /// @param layer that is read
    private record Key(String what, Layer layer) {}

    LayerSpaces(Study study) {
        this.study = study;
    }

    /// The patches of a layer with their norms.
    public LayerPatches patches(Layer layer) {
        return kept(new Key("patches", layer), LayerPatches.class, () -> {
            try (TaskPool pool = TaskPool.ofThisMachine()) {
                return LayerPatches.of(study, layer, pool);
            }
        });
    }

    /// The similarity of the patches of a layer.
    public PatchSimilarity similarity(Layer layer, Reduction reduction) {
        return kept(new Key(reduction.name(), layer), PatchSimilarity.class, () -> {
            try (TaskPool pool = TaskPool.ofThisMachine()) {
                return PatchSimilarity.of(patches(layer), reduction, pool);
            }
        });
    }

    /// The first principal components of a layer as colours.
    public ComponentMaps components(Layer layer) {
        return kept(new Key("components", layer), ComponentMaps.class, () -> {
            try (TaskPool pool = TaskPool.ofThisMachine()) {
                return ComponentMaps.of(patches(layer), pool);
            }
        });
    }

    private <T> T kept(Key key, Class<T> type, Supplier<T> measure) {
        FutureTask<T> mine = new FutureTask<>(measure::get);
        FutureTask<?> task;
        synchronized (kept) {
            task = kept.computeIfAbsent(key, absent -> mine);
        }
        task.run(); // does nothing where another has begun
        try {
            return type.cast(task.get());
        } catch (ExecutionException e) {
            synchronized (kept) {
                kept.remove(key, task);
            }
            throw e.getCause() instanceof PatchlensException refusal ? refusal : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PatchlensException.interrupted("layer " + key.layer(), "was not measured to its end", "")
                    .causedBy(e);
        }
    }
}
