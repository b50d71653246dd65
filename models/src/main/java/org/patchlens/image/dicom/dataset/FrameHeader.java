package org.patchlens.image.dicom.dataset;

import java.util.List;
import java.util.Optional;

/// What the header says about one frame: its own functional groups first, then the shared ones, then the file
/// (PS3.3 C.7.6.16).
///
/// @param file the data set of the file
/// @param frame from 0
public record FrameHeader(DataSet file, int frame) {
    /// The data set that holds an element of a functional group.
    ///
    /// @param group the sequence of the functional group that the element belongs to
    /// @param tag an element of it
    public DataSet holding(int group, int tag) {
        return inGroup(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frame, group)
                .filter(set -> set.find(tag).isPresent())
                .or(() -> inGroup(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, 0, group)
                        .filter(set -> set.find(tag).isPresent()))
                .orElse(file);
    }

    private Optional<DataSet> inGroup(int groups, int index, int group) {
        List<DataSet> items = file.items(groups);
        return index < items.size() ? items.get(index).items(group).stream().findFirst() : Optional.empty();
    }
}
