package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreTable;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table whose every function keeps the instance that it belongs to. Chicory's own keeps it only for element segments, and
 * grows the module's declaration along with one instance's table. The only table class in use. One thread at a time.
 */
public final class FlatTable extends TableInstance implements CoreTable {
    private final ValType element;
    private final boolean functions;
    private final long declaredMax;
    private final CoreLimits limits;
    private int[] refs;
    private @Nullable Instance[] owners;
    private int size;

    FlatTable(Table declared, int initial, Instance maker, CoreLimits limits) {
        super(new Table(declared.elementType(), new TableLimits(0, 0)), Value.REF_NULL_VALUE);
        this.element = declared.elementType();
        this.functions = TypeMapping.kind(element) == ValueKind.FUNCREF;
        this.declaredMax = declared.limits().max();
        this.limits = limits;
        this.size = (int) declared.limits().min();
        if (!limits.reserveTable(size)) {
            throw new TrapException("the initial table of " + size + " elements is over the limit");
        }
        this.refs = new int[size];
        this.owners = new Instance[size];
        Arrays.fill(refs, initial);
        Arrays.fill(owners, maker);
    }

    @Override
    public CoreType.Table type() {
        return new CoreType.Table(
                TypeMapping.kind(element), size, declaredMax >= TableLimits.LIMIT_MAX ? -1 : declaredMax);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ValType elementType() {
        return element;
    }

    /** As they are now. A copy: whoever grows it does not grow the table. */
    @Override
    public TableLimits limits() {
        return new TableLimits(size, Math.max(size, declaredMax));
    }

    @Override
    public int grow(int delta, int value, Instance instance) {
        if (delta < 0 || (long) size + delta > declaredMax || !limits.reserveTable(delta)) {
            return -1;
        }
        var before = size;
        var grown = before + delta;
        if (grown > refs.length) {
            var spare = (int) Math.min((long) grown + grown / 8, declaredMax);
            refs = Arrays.copyOf(refs, spare);
            owners = Arrays.copyOf(owners, spare);
        }
        size = grown;
        put(before, grown, value, instance);
        return before;
    }

    /** The function index at {@code index} within {@link #instance}'s module, or null as Chicory writes it. */
    @Override
    public int ref(int index) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw new TrapException("undefined element");
        }
        return refs[index];
    }

    @Override
    public int requiredRef(int index) {
        var ref = ref(index);
        if (ref == Value.REF_NULL_VALUE) {
            throw new TrapException("uninitialized element");
        }
        return ref;
    }

    @Override
    public @Nullable Instance instance(int index) {
        return owners[index];
    }

    @Override
    public void setRef(int index, int value, Instance instance) {
        within(index, 1);
        put(index, index + 1, value, instance);
    }

    @Override
    public void reset() {
        Arrays.fill(refs, Value.REF_NULL_VALUE);
        Arrays.fill(owners, null);
    }

    /** {@code table.get}: the element as a value that {@code reader} can hold and store again. */
    int get(int index, Instance reader) {
        within(index, 1);
        var ref = refs[index];
        var owner = owners[index];
        if (!functions || ref == Value.REF_NULL_VALUE || owner == null || owner.equals(reader)) {
            return ref;
        }
        return GuestMachine.of(reader).borrow(owner, ref);
    }

    /** {@code table.fill}. */
    void fill(int from, int length, int value, Instance writer) {
        within(from, length);
        put(from, from + length, value, writer);
    }

    /** {@code table.copy}. */
    void copy(int to, FlatTable source, int from, int length) {
        within(to, length);
        source.within(from, length);
        System.arraycopy(source.refs, from, refs, to, length);
        System.arraycopy(source.owners, from, owners, to, length);
    }

    private void put(int from, int to, int value, Instance writer) {
        var owner = writer;
        var ref = value;
        if (functions && value >= GuestMachine.BORROWED) {
            var borrowed = GuestMachine.of(writer).borrowed(value);
            owner = borrowed.owner();
            ref = borrowed.function();
        }
        Arrays.fill(refs, from, to, ref);
        Arrays.fill(owners, from, to, owner);
    }

    void within(int index, int length) {
        if (Integer.toUnsignedLong(index) + Integer.toUnsignedLong(length) > size) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_TABLE);
        }
    }
}
