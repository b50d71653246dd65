package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.build.Repository;

/// `core` and `models` serve another Maven project, with and without `--add-modules jdk.incubator.vector`.
///
/// The jars that were just built lie in a repository of their own, with the user's local repository behind it for
/// reading (Maven's `maven.repo.local.tail`): nothing is installed, and nothing is fetched from the network.
class ConsumerIT {
    private static final String NOTICE = "without vector instructions";

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void putTheProjectAndTheJarsIntoPlace() throws IOException {
        project = folder.resolve("project");
        copyTree(Repository.root().resolve("app/src/it/consumer"), project);
        Path pom = project.resolve("pom.xml");
        Files.writeString(pom, filled(Files.readString(pom)));
        publish("patchlens", Repository.root());
        publish("patchlens-core", Repository.root().resolve("core"));
        publish("patchlens-models", Repository.root().resolve("models"));
    }

    @Test
    void theLibraryGivesTheSameNumbersWithVectorsAndWithout() throws Exception {
        String with = build("--add-modules jdk.incubator.vector");
        String without = build("");
        assertThat(with).doesNotContain(NOTICE);
        assertThat(without.split(NOTICE, -1))
                .as("one line of notice in\n%s", without)
                .hasSize(2);
        assertThat(normBits(with)).isEqualTo(normBits(without));
    }

    private String build(String argLine) throws IOException, InterruptedException {
        Path log = folder.resolve("build.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Repository.root().resolve("mvnw").toString(),
                        "-B",
                        "-o",
                        "-Dmaven.repo.local=" + folder.resolve("repository"),
                        "-Dmaven.repo.local.tail=" + property("patchlens.localRepository"),
                        "-Dmaven.repo.local.tail.ignoreAvailability=true",
                        "-DargLine=" + argLine,
                        "test")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", property("java.home"));
        builder.environment().remove("MAVEN_ARGS");
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("in time").isTrue();
        String output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static String normBits(String output) {
        Matcher matcher = Pattern.compile("norm bits (-?[0-9]+)").matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return matcher.group(1);
    }

    private static String filled(String pom) {
        return Pattern.compile("\\{\\{([a-z.]+)}}").matcher(pom).replaceAll(ConsumerIT::value);
    }

    private static String value(MatchResult placeholder) {
        return property("consumer." + placeholder.group(1));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        assertThat(value).as("system property %s, set in app/pom.xml", name).isNotNull();
        return String.valueOf(value);
    }

    private void publish(String artifact, Path module) throws IOException {
        String version = property("consumer.patchlens.version");
        Path place = Files.createDirectories(
                folder.resolve("repository/org/patchlens").resolve(artifact).resolve(version));
        String name = artifact + "-" + version;
        Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"));
        Path jar = module.resolve("target").resolve(name + ".jar");
        if (!artifact.equals("patchlens")) {
            assertThat(jar).as("run through the phase verify, which packs it").exists();
            Files.copy(jar, place.resolve(name + ".jar"));
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
