package org.patchlens;

/// The one exception that a user is meant to read: which thing, what was found and expected there, what to do.
///
/// The message reads `[subject] problem. Next step.`; the edges (command line, server) translate the category into
/// an exit code or an HTTP status and print the message, never a stack trace.
public final class PatchlensException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of trouble it is; decides the exit code.
    public enum Category {
        /// The request cannot be meant like that: an unknown flag, layer or image.
        USAGE,
        /// A file, folder or study is not what it should be.
        BAD_DATA,
        /// A quality gate that the user asked for did not hold.
        GATE_FAILED,
        /// Some of the work is done and kept; the same command goes on from there.
        PARTIAL,
        /// The user or the system asked to stop.
        INTERRUPTED
    }

    private final Category category;
    private final String subject;

    private PatchlensException(Category category, String subject, String problem, String nextStep) {
        super("[" + subject + "] " + sentence(problem) + (nextStep.isEmpty() ? "" : " " + sentence(nextStep)));
        this.category = category;
        this.subject = subject;
    }

    /// The request cannot be meant like that.
    ///
    /// @param subject the flag, layer or name that was given
    /// @param problem what was found and what is expected
    /// @param nextStep what to do about it, or empty
    public static PatchlensException usage(String subject, String problem, String nextStep) {
        return new PatchlensException(Category.USAGE, subject, problem, nextStep);
    }

    /// A file, folder or study is not what it should be.
    ///
    /// @param subject the file or folder
    /// @param problem what was found and what is expected
    /// @param nextStep what to do about it, or empty
    public static PatchlensException badData(String subject, String problem, String nextStep) {
        return new PatchlensException(Category.BAD_DATA, subject, problem, nextStep);
    }

    /// Some of the work is done and kept.
    ///
    /// @param subject what was being made
    /// @param problem how far it came and why it stopped
    /// @param nextStep how to go on
    public static PatchlensException partial(String subject, String problem, String nextStep) {
        return new PatchlensException(Category.PARTIAL, subject, problem, nextStep);
    }

    /// A quality gate did not hold.
    ///
    /// @param subject the gate
    /// @param problem what was measured and what was asked for
    /// @param nextStep where to look
    public static PatchlensException gateFailed(String subject, String problem, String nextStep) {
        return new PatchlensException(Category.GATE_FAILED, subject, problem, nextStep);
    }

    /// Somebody asked to stop.
    ///
    /// @param subject what was being made
    /// @param problem how far it came
    /// @param nextStep how to go on
    public static PatchlensException interrupted(String subject, String problem, String nextStep) {
        return new PatchlensException(Category.INTERRUPTED, subject, problem, nextStep);
    }

    /// This exception with the technical reason kept for a log.
    public PatchlensException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /// What kind of trouble it is.
    public Category category() {
        return category;
    }

    /// The file, flag or thing that the message is about.
    public String subject() {
        return subject;
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
