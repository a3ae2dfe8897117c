package dev.creel.host.module;

import dev.creel.contract.app.RevisionId;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.board.Placement;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.engine.ComponentCache;
import dev.creel.engine.Composition;
import dev.creel.engine.GuestCode;
import dev.creel.engine.RefusedComponentException;
import dev.creel.engine.outbound.InvalidAllowedHostException;
import dev.creel.engine.spin.ComponentGrants;
import dev.creel.engine.variables.InvalidTemplateException;
import dev.creel.host.app.HostedComponent;
import dev.creel.host.app.RunningApp;
import dev.creel.host.route.Executor;
import dev.creel.host.route.HttpRouter;
import dev.creel.wasi.context.Preopen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The revisions that this node can run, by id. {@link #ready} may be asked by any thread and never waits; {@link #prepare} and
 * {@link #drop} are the holder's.
 */
public final class Modules {
    private final Artifacts artifacts;
    private final ComponentCache components;
    private final PullLimits limits;
    private final Path directory;
    private final Map<RevisionId, RunningApp> ready = new ConcurrentHashMap<>();
    private volatile Consumer<RevisionId> lost = revision -> {};

    /**
     * @param artifacts where applications were pushed to
     * @param components compiled ones, shared by the process
     * @param limits on what is pulled
     * @param directory for files of applications; emptied here, nobody else's
     * @throws IOException if the directory cannot be emptied
     */
    public Modules(Artifacts artifacts, ComponentCache components, PullLimits limits, Path directory)
            throws IOException {
        this.artifacts = artifacts;
        this.components = components;
        this.limits = limits;
        this.directory = directory;
        delete(directory);
        Files.createDirectories(directory);
    }

    /** The application of a revision, if it can answer now. */
    public Optional<RunningApp> ready(RevisionId revision) {
        return Optional.ofNullable(ready.get(revision));
    }

    /** Has {@code action} told of revisions whose code was lost when a request wanted it. It must not block. */
    public void onLost(Consumer<RevisionId> action) {
        lost = action;
    }

    /**
     * Makes a revision ready: pulls, checks, lays out files, compiles. Blocks for seconds.
     *
     * @param progress is told how far it is, in a few words
     * @return what its developer should know of how it runs
     * @throws RefusedRevisionException if it can never run here
     * @throws IOException if the artifact store or the disk fails now
     */
    public Optional<String> prepare(Placement placement, Consumer<String> progress)
            throws IOException, InterruptedException {
        var revision = placement.revision();
        var files = directory.resolve(revision.id().toString());
        try {
            delete(files);
            Files.createDirectories(files);
            var app = load(placement, files, progress);
            ready.put(revision.id(), app);
            return app.note();
        } catch (RefusedRevisionException | IOException | InterruptedException e) {
            delete(files);
            throw e;
        }
    }

    /**
     * Compiles a revision's components again where their code was lost; it stays ready meanwhile. Blocks for seconds.
     *
     * @throws RefusedRevisionException if it can no longer run here
     * @throws IOException if the artifact store or the disk fails now
     */
    public void restore(Placement placement) throws IOException, InterruptedException {
        var pulled = PulledApp.pull(placement.revision(), artifacts, limits);
        var router = router(pulled);
        var binaries = pulled.binaries(limits);
        for (var component : pulled.locked().components()) {
            if (router.components().contains(component.id())) {
                restore(placement, component, binaries);
            }
        }
    }

    private RunningApp load(Placement placement, Path directoryOfApp, Consumer<String> progress)
            throws IOException, InterruptedException {
        var pulled = PulledApp.pull(placement.revision(), artifacts, limits);
        var app = pulled.locked();
        var router = router(pulled);
        var files = new AppFiles(directoryOfApp, pulled.blobs(), pulled.manifest(), limits);
        var binaries = pulled.binaries(limits);
        var components = new HashMap<String, HostedComponent>();
        int number = 0;
        for (var component : app.components()) {
            if (router.components().contains(component.id())) {
                components.put(
                        component.id(),
                        host(
                                pulled,
                                component,
                                code(placement, component, binaries, progress),
                                router.executor(component.id()),
                                files,
                                number++));
            }
        }
        for (var id : router.components()) {
            if (!components.containsKey(id)) {
                throw new RefusedRevisionException(
                        "an http trigger names component \"" + id + "\", which there is not");
            }
        }
        return new RunningApp(
                placement.tenant(),
                placement.app(),
                placement.revision().id(),
                Optional.of(placement.revision().manifest()),
                app,
                router,
                components,
                placement.variables());
    }

    private static HttpRouter router(PulledApp pulled) {
        try {
            return HttpRouter.of(pulled.locked());
        } catch (IllegalArgumentException e) {
            throw new RefusedRevisionException(String.valueOf(e.getMessage()), e);
        }
    }

    private HostedComponent host(
            PulledApp pulled, LockedComponent component, GuestCode code, Executor executor, AppFiles files, int number)
            throws IOException, InterruptedException {
        try {
            List<Preopen> preopens = files.lay(component, number).stream()
                    .map(root -> new Preopen("/", root))
                    .toList();
            return new HostedComponent(
                    component, ComponentGrants.of(pulled.locked(), component), code, executor, preopens);
        } catch (RefusedComponentException e) {
            throw new RefusedRevisionException(e.sentence(component.id()), e);
        } catch (InvalidAllowedHostException | InvalidTemplateException e) {
            throw new RefusedRevisionException(where(component) + e.getMessage(), e);
        }
    }

    private GuestCode code(Placement placement, LockedComponent component, Binaries binaries, Consumer<String> progress)
            throws IOException, InterruptedException {
        try {
            var composition = composition(component);
            var revision = placement.revision().id();
            var facts = components.prepare(
                    placement.tenant(),
                    composition,
                    binaries::read,
                    words -> progress.accept(where(component) + words));
            return components.code(placement.tenant(), composition, facts, () -> lost.accept(revision));
        } catch (RefusedComponentException e) {
            throw new RefusedRevisionException(e.sentence(component.id()), e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("preparing " + where(component) + e, e);
        }
    }

    private void restore(Placement placement, LockedComponent component, Binaries binaries)
            throws IOException, InterruptedException {
        try {
            components.restore(placement.tenant(), composition(component), binaries::read);
        } catch (RefusedComponentException e) {
            throw new RefusedRevisionException(e.sentence(component.id()), e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("restoring " + where(component) + e, e);
        }
    }

    private static String where(LockedComponent component) {
        return "component \"" + component.id() + "\": ";
    }

    /** What names the compiled form of a component: its own digest and that of each dependency. */
    private static Composition composition(LockedComponent component) {
        var parts = new HashMap<String, Composition.Part>();
        component
                .dependencies()
                .forEach((name, dependency) -> parts.put(
                        name,
                        new Composition.Part(
                                Binaries.digest("dependency '" + name + "'", dependency.source()),
                                dependency.export(),
                                dependency.inherit())));
        return new Composition(Binaries.digest("component \"" + component.id() + "\"", component.source()), parts);
    }

    /** Hands a revision whose variables changed the new values. */
    public void update(Placement placement) {
        ready(placement.revision().id()).ifPresent(app -> app.variables(placement.variables()));
    }

    /** Takes a revision out: no request finds it any more. Its files stay until {@link #deleteFiles}, for those that run. */
    public void drop(RevisionId revision) {
        ready.remove(revision);
    }

    /** Removes the files of a dropped revision. */
    public void deleteFiles(RevisionId revision) throws IOException {
        if (!ready.containsKey(revision)) {
            delete(directory.resolve(revision.toString()));
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
