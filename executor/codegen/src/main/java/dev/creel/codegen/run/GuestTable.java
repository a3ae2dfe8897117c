package dev.creel.codegen.run;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreTable;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.TrapException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table: function indices (or the host's numbers) and whose they are. As long as all functions are of the instance that made
 * the table there is one owner; the first foreign one gives each element its own. One thread at a time.
 */
public final class GuestTable implements CoreTable {
    /** As other engines have it; the host's limit on elements comes before it. */
    private static final int ELEMENTS_MAX = 10_000_000;

    private static final int NULL = GuestFunction.NULL;

    private final CoreType.Table declared;
    private final @Nullable ReferenceType reference;
    private final CoreLimits limits;
    private final GuestInstance maker;
    private int[] refs;
    private @Nullable GuestInstance @Nullable [] owners;
    private int size;

    /**
     * A table of the maker's functions that {@code image} has, or of nulls without one.
     *
     * @param reference the elements' type in full
     */
    public GuestTable(
            CoreType.Table declared,
            @Nullable ReferenceType reference,
            GuestInstance maker,
            CoreLimits limits,
            int @Nullable [] image) {
        this.declared = declared;
        this.reference = reference;
        this.maker = maker;
        this.limits = limits;
        if (declared.min() > ELEMENTS_MAX || !limits.reserveTable(declared.min())) {
            throw new TrapException("the initial table of " + declared.min() + " elements is over the limit");
        }
        this.size = (int) declared.min();
        this.refs = image == null ? new int[size] : image.clone();
        if (image == null) {
            Arrays.fill(refs, NULL);
        }
    }

    @Override
    public CoreType.Table type() {
        return new CoreType.Table(declared.element(), size, declared.max());
    }

    /** Whether a module that imports a table of {@code wanted} can have this one. */
    public boolean fits(@Nullable ReferenceType wanted) {
        return Objects.equals(reference, wanted);
    }

    /** {@code table.size}. */
    public int size() {
        return size;
    }

    /** The index, in its owner, of the function to call. */
    public int target(int index) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw new TrapException("undefined element");
        }
        var ref = refs[index];
        if (ref == NULL) {
            throw new TrapException("uninitialized element");
        }
        return ref;
    }

    /** The index of the function to call if it is one of {@code caller}, else {@link GuestFunction#NULL}. */
    public int own(int index, GuestInstance caller) {
        return Integer.compareUnsigned(index, size) < 0 && owner(index) == caller ? refs[index] : NULL;
    }

    /** The function at an index that {@link #target} has checked if it is not of {@code caller}, else null. */
    public @Nullable GuestFunction foreign(int index, GuestInstance caller) {
        var owner = owner(index);
        return owner == caller ? null : owner.function(refs[index]);
    }

    private GuestInstance owner(int index) {
        var each = owners;
        var owner = each == null ? maker : each[index];
        return owner == null ? maker : owner;
    }

    /** {@code table.get} of functions. */
    public @Nullable GuestFunction function(int index) {
        within(index, 1);
        return refs[index] == NULL ? null : owner(index).function(refs[index]);
    }

    /** {@code table.get} of the host's references. */
    public int external(int index) {
        within(index, 1);
        return refs[index];
    }

    /** {@code table.set} of functions. */
    public void setFunction(int index, @Nullable GuestFunction function) {
        within(index, 1);
        put(index, 1, function);
    }

    /** {@code table.set} of the host's references. */
    public void setExternal(int index, int reference) {
        within(index, 1);
        refs[index] = reference;
    }

    /** {@code table.grow} of functions. */
    public int growFunctions(@Nullable GuestFunction function, int delta) {
        var before = grow(delta);
        if (before >= 0) {
            put(before, delta, function);
        }
        return before;
    }

    /** {@code table.grow} of the host's references. */
    public int growExternals(int reference, int delta) {
        var before = grow(delta);
        if (before >= 0) {
            Arrays.fill(refs, before, size, reference);
        }
        return before;
    }

    private int grow(int delta) {
        var before = size;
        var max = declared.max() < 0 ? ELEMENTS_MAX : Math.min(declared.max(), ELEMENTS_MAX);
        if (delta < 0 || (long) before + delta > max || !limits.reserveTable(delta)) {
            return -1;
        }
        size = before + delta;
        if (size > refs.length) {
            var spare = (int) Math.min((long) size + size / 8, max);
            refs = Arrays.copyOf(refs, spare);
            if (owners != null) {
                owners = Arrays.copyOf(owners, spare);
            }
        }
        return before;
    }

    /** {@code table.fill} of functions. */
    public void fillFunctions(int from, @Nullable GuestFunction function, int length) {
        within(from, length);
        put(from, length, function);
    }

    /** {@code table.fill} of the host's references. */
    public void fillExternals(int from, int reference, int length) {
        within(from, length);
        Arrays.fill(refs, from, from + length, reference);
    }

    /** {@code table.copy}. */
    public static void copy(int to, int from, int length, GuestTable target, GuestTable source) {
        target.within(to, length);
        source.within(from, length);
        if (target.owners != null || source.owners != null || target.maker != source.maker) {
            for (var i = 0; i < length; i++) {
                var forward = to <= from ? i : length - 1 - i;
                target.owners()[to + forward] = source.owner(from + forward);
            }
        }
        System.arraycopy(source.refs, from, target.refs, to, length);
    }

    /** {@code table.init}, and an active segment. */
    public static void init(int to, int from, int length, GuestTable table, GuestElements segment) {
        table.within(to, length);
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > segment.size()) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_TABLE);
        }
        segment.copy(from, length, table, to);
    }

    /** Puts functions of {@code owner} that are known by index. */
    void put(int to, int[] indices, int from, int length, GuestInstance owner) {
        System.arraycopy(indices, from, refs, to, length);
        own(to, length, owner);
    }

    void put(int from, int length, @Nullable GuestFunction function) {
        Arrays.fill(refs, from, from + length, function == null ? NULL : function.index());
        own(from, length, function == null ? maker : function.owner());
    }

    private void own(int from, int length, GuestInstance owner) {
        if (owners != null || owner != maker) {
            Arrays.fill(owners(), from, from + length, owner);
        }
    }

    private @Nullable GuestInstance[] owners() {
        var each = owners;
        if (each == null) {
            each = new GuestInstance[refs.length];
            owners = each;
        }
        return each;
    }

    private void within(int index, int length) {
        if (Integer.toUnsignedLong(index) + Integer.toUnsignedLong(length) > size) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_TABLE);
        }
    }
}
