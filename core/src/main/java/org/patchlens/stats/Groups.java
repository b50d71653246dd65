package org.patchlens.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Which rows belong together, because they are of one patient.
///
/// Groups are numbered in the order in which they first occur. Nothing here is changed after it is made.
public final class Groups {
    private final int[] groupOf;
    private final int[][] rows;

    private Groups(int[] groupOf, int groups) {
        this.groupOf = groupOf;
        int[] sizes = new int[groups];
        for (int group : groupOf) {
            sizes[group]++;
        }
        rows = IntStream.range(0, groups)
                .mapToObj(group -> new int[sizes[group]])
                .toArray(int[][]::new);
        int[] filled = new int[groups];
        for (int row = 0; row < groupOf.length; row++) {
            rows[groupOf[row]][filled[groupOf[row]]++] = row;
        }
    }

    /// A group for each different name.
    public static Groups of(List<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] groupOf = names.stream()
                .mapToInt(name -> numbers.computeIfAbsent(name, _ -> numbers.size()))
                .toArray();
        return new Groups(groupOf, numbers.size());
    }

    /// A group for each different number.
    public static Groups of(int... numbers) {
        return of(Arrays.stream(numbers).mapToObj(Integer::toString).toList());
    }

    /// Every row is a group of its own.
    public static Groups ofSingleRows(int rows) {
        return new Groups(IntStream.range(0, rows).toArray(), rows);
    }

    /// The number of groups.
    public int count() {
        return rows.length;
    }

    /// The number of rows.
    public int size() {
        return groupOf.length;
    }

    /// The group of a row.
    public int of(int row) {
        return groupOf[row];
    }

    /// The rows of a group, ascending; a copy.
    public int[] rows(int group) {
        return rows[group].clone();
    }

    /// How many rows a group has.
    public int size(int group) {
        return rows[group].length;
    }

    /// The groups of some of the rows.
    ///
    /// @param selected rows of these groups; row i of the new ones is `selected[i]`
    public Groups select(int[] selected) {
        return of(IntStream.of(selected).map(row -> groupOf[row]).toArray());
    }

    /// How many groups have at least one of some rows.
    public int countWith(RowTest test) {
        return (int) IntStream.range(0, count())
                .filter(group -> Arrays.stream(rows[group]).anyMatch(test::test))
                .count();
    }

    /// Decides over a row.
    @FunctionalInterface
    public interface RowTest {
        /// Whether the row counts.
        boolean test(int row);
    }
}
