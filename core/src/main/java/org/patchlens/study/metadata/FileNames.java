package org.patchlens.study.metadata;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The names by which a table may call images: the id of an image, the file of its frames, and every ending of
/// both that begins at a folder.
///
/// Names are compared in Unicode's composed form, because some systems write accents apart, with `/` between
/// folders.
final class FileNames {
    private static final Pattern FRAME = Pattern.compile("#[0-9]+$");

    private final Set<String> names = new HashSet<>();
    private final Map<String, Set<String>> endings = new HashMap<>();

    /// @param ids of images
    FileNames(List<String> ids) {
        for (String id : ids) {
            add(normal(id));
            add(file(normal(id)));
        }
    }

    private void add(String name) {
        names.add(name);
        for (String ending : endings(name)) {
            endings.computeIfAbsent(ending, absent -> new LinkedHashSet<>()).add(name);
        }
    }

    static String normal(String name) {
        String slashes = Normalizer.normalize(name.strip(), Normalizer.Form.NFC).replace('\\', '/');
        return slashes.startsWith("./") ? slashes.substring(2) : slashes;
    }

    /// The name without the number of a frame.
    static String file(String id) {
        return FRAME.matcher(id).replaceFirst("");
    }

    /// The name itself and what remains of it after each folder, longest first.
    private static List<String> endings(String name) {
        List<String> all = new ArrayList<>(List.of(name));
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            all.add(name.substring(slash + 1));
        }
        return all;
    }

    /// The names that a key may mean: the one that is the same, else all whose trailing segments agree.
    List<String> meantBy(String key) {
        String normal = normal(key);
        if (names.contains(normal)) {
            return List.of(normal);
        }
        Set<String> meant = new LinkedHashSet<>(endings.getOrDefault(normal, Set.of()));
        endings(normal).stream().filter(names::contains).forEach(meant::add);
        return List.copyOf(meant);
    }

    /// Lays rows beside images.
    ///
    /// @param keys of the rows
    /// @return for each name that exactly one row means, that row
    Map<String, Integer> rows(List<String> keys) {
        Map<String, List<Integer>> claims = new LinkedHashMap<>();
        for (int row = 0; row < keys.size(); row++) {
            List<String> meant = meantBy(keys.get(row));
            if (meant.size() == 1) {
                claims.computeIfAbsent(meant.getFirst(), absent -> new ArrayList<>())
                        .add(row);
            }
        }
        Map<String, Integer> rows = new HashMap<>();
        claims.forEach((name, claimants) -> winner(name, claimants, keys).ifPresent(row -> rows.put(name, row)));
        return rows;
    }

    private static Optional<Integer> winner(String name, List<Integer> claimants, List<String> keys) {
        List<Integer> exact = claimants.stream()
                .filter(row -> normal(keys.get(row)).equals(name))
                .toList();
        List<Integer> left = exact.isEmpty() ? claimants : exact;
        return left.size() == 1 ? Optional.of(left.getFirst()) : Optional.empty();
    }
}
