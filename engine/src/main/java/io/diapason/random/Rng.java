package io.diapason.random;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A stream of random numbers, each a pure function of (seed, stream, index): Philox4x32-10.
 *
 * <p>The 64-bit seed is the key; the 128-bit counter is (index / 4, stream). Word {@code i} of a stream is word
 * {@code i % 4} of block {@code i / 4}. The native kernels compute the same words, bit for bit.
 *
 * <p>A generator has no hidden state: asking for index 7 twice gives the same number, and numbers at different indices
 * are independent. Streams of one seed are independent of one another, too; {@link #child(long)} and
 * {@link #child(String)} name them.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, «Parallel random numbers: as easy as 1, 2, 3», SC 2011.
 */
public final class Rng {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private final long seed;
    private final long stream;

    private final @Nullable Runnable drawn; // told whenever a number is drawn here

    private Rng(long seed, long stream, @Nullable Runnable drawn) {
        this.seed = seed;
        this.stream = stream;
        this.drawn = drawn;
    }

    /**
     * The stream 0 of a seed.
     *
     * @param seed any number
     * @return the generator
     */
    public static Rng of(long seed) {
        return new Rng(seed, 0, null);
    }

    /**
     * One stream of a seed.
     *
     * @param seed any number
     * @param stream any number; different streams are independent
     * @return the generator
     */
    public static Rng of(long seed, long stream) {
        return new Rng(seed, stream, null);
    }

    /**
     * The same numbers, where somebody is told whenever one is drawn in Java, from this generator or from what is made
     * of it; of its seed and stream, which kernels draw from, nobody is told.
     *
     * @param listener runs before each number
     * @return the generator
     */
    public Rng toldTo(Runnable listener) {
        return new Rng(seed, stream, listener);
    }

    /**
     * The generator of another stream of the same seed.
     *
     * @param streams how many later
     * @return the generator
     */
    public Rng later(long streams) {
        return new Rng(seed, stream + streams, drawn);
    }

    /**
     * An independent generator named by a number: its seed is drawn from this stream, at an index no other use reaches.
     *
     * @param id any number, such as a trial's number
     * @return the generator, the same for the same id
     */
    public Rng child(long id) {
        long[] identity = new long[2];
        child(id, identity);
        return new Rng(identity[0], identity[1], drawn);
    }

    /**
     * Seed and stream of {@link #child(long)}, without a new object: for what names one generator a step.
     *
     * @param id any number
     * @param identity of two elements, filled with the child's seed and stream
     */
    public void child(long id, long[] identity) {
        // Two blocks, keyed by this generator's own identity: (seed; stream, id) -> (new seed, new stream).
        philox(
                (int) seed,
                (int) (seed >>> 32),
                (int) id,
                (int) (id >>> 32),
                (int) stream,
                ~(int) (stream >>> 32),
                identity);
    }

    /**
     * An independent generator named by a word, such as {@code "weights"}.
     *
     * @param name any text
     * @return the generator, the same for the same name
     */
    public Rng child(String name) {
        // FNV-1a, 64 bits: stable across Java versions, unlike String.hashCode's 32 bits too wide for accidents.
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return child(hash);
    }

    /**
     * The key of every block of this stream.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * The upper half of every counter of this stream.
     *
     * @return the stream's number
     */
    public long stream() {
        return stream;
    }

    /**
     * Word {@code index} of the stream.
     *
     * @param index at least 0
     * @return 32 random bits
     */
    public int wordAt(long index) {
        return block(index >>> 2)[(int) (index & 3)];
    }

    /**
     * Words {@code 2 index} and {@code 2 index + 1} as one number.
     *
     * @param index at least 0
     * @return 64 random bits
     */
    public long longAt(long index) {
        int[] block = block(index >>> 1);
        int first = (int) (index & 1) * 2;
        return join(block[first], block[first + 1]);
    }

    /**
     * A uniform number in [0, 1), a multiple of 2^-24.
     *
     * @param index at least 0
     * @return the number made of the upper 24 bits of word {@code index}
     */
    public float floatAt(long index) {
        return (wordAt(index) >>> 8) * 0x1.0p-24f;
    }

    /**
     * A uniform number in [0, 1), a multiple of 2^-53.
     *
     * @param index at least 0
     * @return the number made of the upper 53 bits of {@link #longAt}
     */
    public double doubleAt(long index) {
        return (longAt(index) >>> 11) * 0x1.0p-53;
    }

    /**
     * A standard normal number, by Box and Muller from one Philox block.
     *
     * @param index at least 0
     * @return the number
     */
    public double gaussianAt(long index) {
        int[] block = block(index);
        double radius = ((join(block[0], block[1]) >>> 11) + 1) * 0x1.0p-53; // (0, 1]: its logarithm is finite
        double angle = (join(block[2], block[3]) >>> 11) * 0x1.0p-53;
        return Math.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
    }

    /**
     * A uniform integer in [0, bound), by Lemire's multiplication; its bias is below bound / 2^64.
     *
     * @param index at least 0
     * @param bound at least 1
     * @return the integer
     */
    public int intAt(long index, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("random: bound must be at least 1, got " + bound);
        }
        long bits = longAt(index);
        // High word of the unsigned 64 × 32 bit product.
        return (int) (((bits >>> 32) * bound + (((bits & 0xffffffffL) * bound) >>> 32)) >>> 32);
    }

    /**
     * A uniformly shuffled order, by Fisher and Yates.
     *
     * @param n how many, at least 0
     * @return a permutation of 0 … n-1
     */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = intAt(i, i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private int[] block(long number) {
        if (drawn != null) {
            drawn.run();
        }
        return philox((int) seed, (int) (seed >>> 32), (int) number, (int) (number >>> 32), (int) stream, (int)
                (stream >>> 32));
    }

    /** One Philox4x32-10 block of key (k0, k1) and counter (c0, c1, c2, c3). */
    static int[] philox(int k0, int k1, int c0, int c1, int c2, int c3) {
        long[] words = new long[2];
        philox(k0, k1, c0, c1, c2, c3, words);
        return new int[] {(int) words[0], (int) (words[0] >>> 32), (int) words[1], (int) (words[1] >>> 32)};
    }

    /** The same block as two numbers of 64 bits, into memory that is there. */
    private static void philox(int k0, int k1, int c0, int c1, int c2, int c3, long[] out) {
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & 0xffffffffL) * (c0 & 0xffffffffL);
            long product1 = (MULTIPLIER_1 & 0xffffffffL) * (c2 & 0xffffffffL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = join(c0, c1);
        out[1] = join(c2, c3);
    }

    private static long join(int low, int high) {
        return (low & 0xffffffffL) | ((long) high << 32);
    }

    @Override
    public String toString() {
        return "Rng[seed=" + seed + ", stream=" + stream + "]";
    }
}
