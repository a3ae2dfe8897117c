package dev.creel.cli;

/** The commands that need the whole platform below them. {@code deploy/node} fills them. */
public interface Servers {
    /**
     * Runs all roles in this process until it is told to stop.
     *
     * @return the exit code
     */
    int up(UpOptions options) throws Exception;

    /**
     * Serves one component on localhost, without a platform, until the process is told to stop; or runs it to its end, if it is
     * a command.
     *
     * @return the exit code, which is a command's own
     */
    int run(RunOptions options) throws Exception;
}
