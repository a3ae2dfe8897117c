package dev.creel.contract.board;

/**
 * Where the parts meet (design §3): {@code desired} is written by control and read by the scheduler, {@code nodes} by
 * each executor for the scheduler, {@code placements} by the scheduler for executors, {@code routes} by the scheduler for
 * edges — and for control, which reads there how its revisions fare.
 */
public interface Board {
    /** Which revisions should run, and on how many places. */
    Shelf<Desired> desired();

    /** Which executors live, and what each holds. */
    NodeShelf nodes();

    /** What each node should hold ready. */
    Shelf<Placements> placements();

    /** Host → application → ready endpoints, and what became of revisions. */
    Shelf<Routes> routes();
}
