package dev.creel.codegen.fuzz;

import dev.creel.component.core.TrapException;
import dev.creel.component.engine.Interpreted;
import java.util.List;

/** Plays on Chicory's interpreter, which takes no imports of other instances here. */
final class InterpreterPlayer implements Player {
    @Override
    public String name() {
        return "Chicory's interpreter";
    }

    /** Whether it can say anything about this. */
    boolean takes(Play play) {
        return play.modules().size() == 1
                && !play.modules().getFirst().shape().features().vectors();
    }

    @Override
    public List<Seen> play(Play play) {
        var instance = new Interpreted(play.modules().getFirst().wasm());
        return play.steps().stream().map(step -> step(step, play, instance)).toList();
    }

    private static Seen step(Play.Step step, Play play, Interpreted instance) {
        instance.call("refuel");
        var type = play.modules().getFirst().type(step.function());
        var trap = "";
        var results = List.<Long>of();
        try {
            results = Seen.results(type, instance.call(step.name(), step.args()));
        } catch (TrapException e) {
            trap = Seen.named(String.valueOf(e.getMessage()));
        }
        long hash = 0;
        for (int i = 0; i < play.modules().getFirst().shape().memories().size(); i++) {
            var memory = instance.memory(i);
            hash = Observers.hash(hash, memory, memory.length);
        }
        var state = new Seen.State(hash, instance.call("state")[0]);
        return new Seen(trap, results, List.of(state));
    }
}
