package org.patchlens.rerun;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.bundled.BundledModel;
import org.patchlens.model.hub.HubSettings;
import org.patchlens.study.Study;

/// Finds the model that made a study: by the name that the study knows, in folders where models usually lie; only
/// the checksum of the weights proves it.
///
/// @param folders that may hold a folder or file of that name
/// @param hubCaches Hugging Face caches, with folders such as `models--owner--name`
public record ModelSearch(List<Path> folders, List<Path> hubCaches) {
    public ModelSearch {
        folders = List.copyOf(folders);
        hubCaches = List.copyOf(hubCaches);
    }

    /// Where the model of a study usually lies: here, in `models`, beside the study, in the folders that
    /// `PATCHLENS_MODELS` names, inside this program, and in the Hugging Face cache.
    ///
    /// @param environment variables of the process
    public static ModelSearch around(Study study, Map<String, String> environment) {
        List<Path> folders = new ArrayList<>(List.of(Path.of("."), Path.of("models")));
        Optional.ofNullable(study.folder().toAbsolutePath().normalize().getParent())
                .ifPresent(folders::add);
        String listed = environment.getOrDefault("PATCHLENS_MODELS", "");
        Stream.of(listed.split(File.pathSeparator, -1))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .forEach(folders::add);
        Path home = Path.of(System.getProperty("user.home"));
        if (study.manifest().model().name().equals(BundledModel.NAME)) {
            folders.add(
                    BundledModel.folder(BundledModel.cache(environment, home)).getParent());
        }
        HubSettings hub = HubSettings.of(environment, home);
        return new ModelSearch(folders, List.of(hub.cache()));
    }

    /// Where the model is.
    ///
    /// @throws PatchlensException if it is in none of the folders
    public Path find(ModelDescription model) {
        List<String> others = new ArrayList<>();
        for (Path candidate : candidates(model.name())) {
            try (ImageEncoder encoder = ImageEncoder.load(candidate)) {
                if (encoder.description().sha256().equals(model.sha256())) {
                    return candidate;
                }
                others.add(candidate + " has other weights");
            } catch (PatchlensException e) {
                others.add(candidate + " is no model that can be read");
            }
        }
        String looked = folders.stream().map(Path::toString).collect(Collectors.joining(", "));
        throw PatchlensException.usage(
                "model " + model.name(),
                "made the study, and is not at hand: "
                        + (others.isEmpty()
                                ? "nothing of that name is in " + looked + ", nor in the Hugging Face cache"
                                : String.join(", ", others)),
                "Give it with --model FOLDER");
    }

    /// A name in a study is not trusted to stay inside the folders. That of a downloaded model ends with its
    /// commit, `owner/name@0123456789ab`.
    private List<Path> candidates(String title) {
        List<Path> found = new ArrayList<>();
        if (!title.matches("[\\w.-]*\\w[\\w.-]*(/[\\w.-]*\\w[\\w.-]*)?(@[0-9a-f]{12})?")) {
            return found;
        }
        String name = title.replaceFirst("@.*", "");
        for (Path folder : folders) {
            Path candidate = folder.resolve(name);
            if (Files.exists(candidate)) {
                found.add(candidate);
            }
        }
        String repository = "models--" + (name.contains("/") ? name.replace("/", "--") : "*--" + name);
        for (Path cache : hubCaches) {
            found.addAll(entries(cache, repository).stream()
                    .flatMap(folder -> entries(folder.resolve("snapshots"), "*").stream())
                    .toList());
        }
        return found;
    }

    private static List<Path> entries(Path folder, String pattern) {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, pattern)) {
                stream.forEach(entries::add);
            } catch (IOException e) {
                throw PatchlensException.badData(folder.toString(), "cannot be listed: " + e.getMessage(), "")
                        .causedBy(e);
            }
        }
        entries.sort(null);
        return entries;
    }
}
