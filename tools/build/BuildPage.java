import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Builds the page of the explorer with the npm that is there, and lays it where the jar takes it from. Maven runs
/// this file as it is.
///
/// Without npm, with a Node.js that is too old, or without the folder of the page, it says so in one sentence and
/// is content: Java then builds alone, and `patchlens serve` says that there is no page. Otherwise a failure is a
/// failure, unless the build is the quick one of the launcher, which must also work where no registry can be
/// reached.
public final class BuildPage {
    private static final int OLDEST_MAJOR = 20;
    private static final int OLDEST_MINOR = 19;
    private static final Set<String> NOT_SOURCES = Set.of("node_modules", "dist", "coverage", ".vite");

    private final Path sources;
    private final Path output;

    private BuildPage(Path sources, Path output) {
        this.sources = sources;
        this.output = output;
    }

    /// @param arguments the folder of the page, the folder for its files, and `required` or `optional`; or the
    ///     folder of the page, `run` and the scripts of npm that are to be run
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path sources = Path.of(arguments[0]);
        if (!Files.exists(sources.resolve("package.json"))) {
            say("there is no " + sources + "; Patchlens is built without its page.");
            return;
        }
        String consequence = "; Patchlens is built without its page. Install Node.js 20.19 or newer to have it.";
        if (version(sources, npm()).isEmpty()) {
            say("npm is missing" + consequence);
            return;
        }
        String node = version(sources, "node");
        if (!isNewEnough(node)) {
            say("Node.js " + node + " is too old" + consequence);
            return;
        }
        if (arguments[1].equals("run")) {
            for (String script : List.of(arguments).subList(2, arguments.length)) {
                require(npm(sources, "run", "--silent", script), "npm run " + script);
            }
            return;
        }
        new BuildPage(sources, Path.of(arguments[1])).build(arguments[2].equals("required"));
    }

    private void build(boolean required) throws IOException, InterruptedException {
        FileTime newest = newestSource();
        Path index = output.resolve("index.html");
        boolean built = Files.exists(index) && Files.exists(sources.resolve("dist/index.html"));
        if (built && Files.getLastModifiedTime(index).compareTo(newest) >= 0) {
            return;
        }
        boolean succeeded = install() && npm(sources, "run", "--silent", "build") == 0;
        if (!succeeded && !required) {
            say("npm could not build the page; Patchlens is built without it.");
            return;
        }
        require(succeeded ? 0 : 1, "npm run build");
        delete(output);
        copy(sources.resolve("dist"), output);
        Files.setLastModifiedTime(index, FileTime.fromMillis(System.currentTimeMillis()));
    }

    /// Only when the list of packages changed.
    private boolean install() throws IOException, InterruptedException {
        Path wanted = sources.resolve("package-lock.json");
        Path installed = sources.resolve("node_modules/.package-lock.json");
        boolean fresh = Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
        return fresh || npm(sources, "ci", "--no-audit", "--no-fund", "--silent") == 0;
    }

    private FileTime newestSource() throws IOException {
        List<FileTime> times = new ArrayList<>();
        Files.walkFileTree(sources, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean generated = NOT_SOURCES.contains(folder.getFileName().toString());
                return generated ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                times.add(attributes.lastModifiedTime());
                return FileVisitResult.CONTINUE;
            }
        });
        return times.stream().max(FileTime::compareTo).orElseThrow();
    }

    /// What a program says of its version, or nothing where there is no such program.
    private static String version(Path folder, String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said.strip() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isNewEnough(String version) {
        Matcher numbers = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4}).*").matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(numbers.group(2)) >= OLDEST_MINOR);
    }

    private static int npm(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(npm()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static String npm() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        return windows ? "npm.cmd" : "npm";
    }

    private static void require(int status, String what) {
        if (status != 0) {
            say(what + " failed.");
            System.exit(1);
        }
    }

    private static void say(String sentence) {
        System.err.println("[WARNING] page: " + sentence);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException trouble) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
