package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.javacpp.FloatPointer;

/** Numbers in native memory between two guards, at any address that a float may have: a write outside is found. */
final class Floats {
    private static final int GUARD = 32;
    private static final float CANARY = -1.2345678e-30f;

    private final FloatPointer memory;
    private final int start;
    private final int length;

    /** Numbers that begin {@code shift} floats after a multiple of 64 bytes. */
    Floats(int shift, float... values) {
        length = values.length;
        float[] all = new float[length + 3 * GUARD];
        java.util.Arrays.fill(all, CANARY);
        memory = new FloatPointer(all.length);
        int toAligned = (int) (-(memory.address() / Float.BYTES) & 15);
        start = GUARD + (toAligned - GUARD & 15) + shift;
        System.arraycopy(values, 0, all, start, length);
        memory.put(all, 0, all.length);
    }

    static Floats of(float... values) {
        return new Floats(0, values);
    }

    static Floats zeros(int length) {
        return new Floats(0, new float[length]);
    }

    /** At position 0: where the header says {@code void*} JavaCPP counts positions in bytes. */
    FloatPointer pointer() {
        return memory.getPointer(start);
    }

    /** The numbers as they are now, after a look at the guards. */
    float[] values() {
        float[] all = new float[length + 3 * GUARD];
        new FloatPointer(memory).position(0).get(all, 0, all.length);
        for (int i = 0; i < all.length; i++) {
            if ((i < start || i >= start + length) && Float.floatToRawIntBits(all[i]) != bits(CANARY)) {
                assertEquals(CANARY, all[i], "written outside: element " + (i - start) + " of " + length);
            }
        }
        return java.util.Arrays.copyOfRange(all, start, start + length);
    }

    static int bits(float value) {
        return Float.floatToRawIntBits(value);
    }
}
