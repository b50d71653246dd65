package org.patchlens.model.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Objects;
import org.patchlens.PatchlensException;

/// What a hub's answer means, in one sentence.
final class HubProblem {
    private static final String AGAIN = "Run the same command again; what has arrived is kept";

    private HubProblem() {}

    /// The hub refused.
    ///
    /// @param name of the model
    /// @param what was asked for, such as `config.json`
    /// @param status of HTTP
    /// @param code the hub's own word for the reason, or empty
    static PatchlensException refused(HubSettings settings, ModelName name, String what, int status, String code) {
        String page = settings.endpoint() + "/" + name.repository();
        if (code.equals("GatedRepo") || status == 403) {
            return PatchlensException.badData(
                    name.toString(),
                    "the model is gated: its owner gives it to those who accept its licence",
                    "Accept the licence at " + page + ", then set HF_TOKEN to a token of that account");
        }
        return switch (code) {
            case "RevisionNotFound" ->
                PatchlensException.badData(
                        name.repository(), "the model has no revision " + name.revision(), "See " + page);
            case "EntryNotFound" -> PatchlensException.badData(name.toString(), "the model has no file " + what, "");
            default -> byStatus(settings, name, what, status);
        };
    }

    private static PatchlensException byStatus(HubSettings settings, ModelName name, String what, int status) {
        if (status == 401 && settings.token().isPresent()) {
            return PatchlensException.badData(
                    name.toString(),
                    "there is no such model at " + settings.endpoint() + ", or the token in HF_TOKEN may not see it",
                    "Check the name and the token");
        }
        if (status == 401 || status == 404) {
            return PatchlensException.badData(
                    name.toString(),
                    "there is no such model at " + settings.endpoint() + ", or it is private",
                    "Check owner and name; for a private model set HF_TOKEN");
        }
        return PatchlensException.partial(
                name.toString(), settings.endpoint() + " answers with status " + status + " for " + what, AGAIN);
    }

    /// The hub cannot be reached, or went away.
    static PatchlensException network(HubSettings settings, ModelName name, IOException cause) {
        String reason = reason(cause);
        return PatchlensException.partial(
                        name.toString(),
                        settings.endpoint() + " cannot be reached: " + reason,
                        "Check the network (HTTPS_PROXY, HF_ENDPOINT), or give the folder of a model;"
                                + " what has arrived is kept")
                .causedBy(cause);
    }

    /// The deepest cause that says anything.
    private static String reason(IOException cause) {
        String reason = "no reason was given";
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            reason = switch (deeper) {
                case UnresolvedAddressException _ -> "its name is not known";
                case UnknownHostException _ -> "its name is not known";
                case HttpTimeoutException _ -> "it does not answer";
                case ConnectException _ -> "nobody answers there";
                case ClosedChannelException _ -> reason;
                case Throwable other ->
                    Objects.requireNonNullElse(other.getMessage(), reason)
                            .lines()
                            .findFirst()
                            .orElse(reason);
            };
        }
        return reason;
    }

    /// The hub said something that cannot be.
    static PatchlensException nonsense(ModelName name, String problem) {
        return PatchlensException.badData(name.toString(), problem, "Check HF_ENDPOINT, and download the model again");
    }

    /// A file of the cache cannot be written.
    static PatchlensException disk(HubSettings settings, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        boolean full = reason.contains("No space left")
                || reason.toLowerCase(Locale.ROOT).contains("disk full")
                || reason.contains("quota");
        return PatchlensException.partial(
                        settings.cache().toString(),
                        "the cache cannot be written: " + (full ? "the disk is full" : reason),
                        full ? "Free space, or set HF_HOME to a folder on another disk; what has arrived is kept" : "")
                .causedBy(cause);
    }
}
