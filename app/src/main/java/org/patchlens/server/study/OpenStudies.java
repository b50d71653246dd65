package org.patchlens.server.study;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The studies of one server: opened once, closed when it stops.
public final class OpenStudies implements AutoCloseable {
    private final SequencedMap<String, OpenStudy> studies = new LinkedHashMap<>();

    /// Opens all of them.
    ///
    /// @throws org.patchlens.PatchlensException if one is no study; the others are closed again then
    public OpenStudies(List<Path> folders) {
        try {
            for (Path folder : folders) {
                add(OpenStudy.open(folder));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Two copies of one study get ids of their own.
    private void add(OpenStudy study) {
        String id = study.id();
        for (int copy = 2; studies.containsKey(id); copy++) {
            id = study.id() + "-" + copy;
        }
        studies.put(id, study.called(id));
    }

    /// In the order in which they were given.
    public Collection<OpenStudy> all() {
        return studies.values();
    }

    /// The study of an id.
    public Optional<OpenStudy> find(String id) {
        return Optional.ofNullable(studies.get(id));
    }

    @Override
    public void close() {
        for (OpenStudy open : studies.values()) {
            open.model().close();
            open.study().close();
        }
    }
}
