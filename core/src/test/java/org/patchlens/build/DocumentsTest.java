package org.patchlens.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents name exists: links between them, paths in the checkout, packages, and the types of the
/// developers' documents.
class DocumentsTest {
    private static final Pattern FENCED_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern PATH = Pattern.compile("[\\w.-]+(/[\\w.-]+)+/?");
    private static final Pattern PACKAGE = Pattern.compile("org\\.patchlens(\\.[a-z]+)+");
    private static final Pattern TYPE = Pattern.compile("([A-Z][a-z]\\w+)(\\.\\w+)*(\\(\\))?");

    /// Documents for developers, in which every name that looks like a type is one of ours.
    private static final Set<String> NAMES_TYPES = Set.of("ARCHITECTURE.md", "CONTRIBUTING.md");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : Repository.files(".md")) {
            for (String target : matches(LINK, prose(document), 1)) {
                if (!target.contains(":") && !Files.exists(document.resolveSibling(target))) {
                    broken.add(name(document) + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPathInTheCheckoutExists() throws IOException {
        Set<String> rooms = rooms();
        List<String> missing = new ArrayList<>();
        for (Path document : Repository.files(".md")) {
            for (String code : matches(CODE, prose(document), 1)) {
                if (PATH.matcher(code).matches()
                        && rooms.contains(code.substring(0, code.indexOf('/')))
                        && !Files.exists(Repository.root().resolve(code))) {
                    missing.add(name(document) + " names " + code);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPackageExists() throws IOException {
        Set<String> sources = Repository.files(".java").stream()
                .map(file -> file.resolveSibling("").toString().replace('/', '.'))
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (Path document : Repository.files(".md")) {
            for (String name : matches(PACKAGE, prose(document), 0)) {
                if (sources.stream().noneMatch(folder -> folder.contains(name))) {
                    missing.add(name(document) + " names " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyTypeOfTheDevelopersDocumentsExists() throws IOException {
        Set<String> types = Repository.files(".java").stream()
                .map(file -> name(file).replaceAll(".*/|\\.java$", ""))
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (String document : NAMES_TYPES) {
            for (String code : matches(CODE, prose(Repository.root().resolve(document)), 1)) {
                Matcher type = TYPE.matcher(code);
                if (type.matches() && !types.contains(type.group(1))) {
                    missing.add(document + " names " + code);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> rooms() throws IOException {
        try (Stream<Path> entries = Files.list(Repository.root())) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static String prose(Path document) throws IOException {
        return FENCED_BLOCK.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .toList();
    }

    private static String name(Path file) {
        return Repository.root().relativize(file).toString();
    }
}
