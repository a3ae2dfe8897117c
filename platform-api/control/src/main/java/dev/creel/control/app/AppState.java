package dev.creel.control.app;

/** How an application fares. */
public enum AppState {
    /** Its newest revision is not ready yet, or there is none. */
    DEPLOYING,
    /** Its newest revision serves. */
    READY,
    /** Its newest revision cannot run, and none before it ever did. */
    FAILED,
    /** Its newest revision cannot run; the one before it still serves. */
    DEGRADED
}
