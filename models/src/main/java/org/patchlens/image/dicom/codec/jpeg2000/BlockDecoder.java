package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.Arrays;

/// Decodes the bit planes of a code block (T.800 annex D).
///
/// Each coefficient has a cell of flags with a border around the block: which of its eight neighbours are
/// significant, the signs of the four nearest, and its own state.
final class BlockDecoder {
    static final int RUN_CONTEXT = 17;
    static final int UNIFORM_CONTEXT = 18;

    private static final int FIRST_SIGN_CONTEXT = 9;
    private static final int FIRST_MAGNITUDE_CONTEXT = 14;

    private static final int NORTH_WEST = 1;
    private static final int NORTH = 1 << 1;
    private static final int NORTH_EAST = 1 << 2;
    private static final int WEST = 1 << 3;
    private static final int EAST = 1 << 4;
    private static final int SOUTH_WEST = 1 << 5;
    private static final int SOUTH = 1 << 6;
    private static final int SOUTH_EAST = 1 << 7;
    private static final int NEIGHBOURS = 0xFF;
    private static final int SOUTHERN = SOUTH_WEST | SOUTH | SOUTH_EAST;
    private static final int NORTH_NEGATIVE = 1 << 8;
    private static final int SOUTH_NEGATIVE = 1 << 9;
    private static final int WEST_NEGATIVE = 1 << 10;
    private static final int EAST_NEGATIVE = 1 << 11;
    private static final int SIGNIFICANT = 1 << 12;
    private static final int VISITED = 1 << 13;
    private static final int REFINED = 1 << 14;

    private static final int STRIPE = 4;
    private static final byte[][] ZERO_CONTEXTS = {zeroContexts(0), zeroContexts(1), zeroContexts(2)};

    private final MqDecoder arithmetic = new MqDecoder();
    private final RawBits raw = new RawBits();
    private int[] flags = new int[0];
    private int[] magnitudes = new int[0];
    private boolean[] negative = new boolean[0];
    private byte[] codeword = new byte[0];
    private int width;
    private int height;
    private int stride;
    private byte[] zeroContexts = ZERO_CONTEXTS[0];
    private boolean causal;
    private boolean bypassed;

    /// For every pattern of significant neighbours the context of the first significance (T.800 table D.1).
    private static byte[] zeroContexts(int kind) {
        byte[] contexts = new byte[256];
        for (int pattern = 0; pattern < 256; pattern++) {
            int beside = Integer.bitCount(pattern & (WEST | EAST));
            int above = Integer.bitCount(pattern & (NORTH | SOUTH));
            int across = Integer.bitCount(pattern & (NORTH_WEST | NORTH_EAST | SOUTH_WEST | SOUTH_EAST));
            contexts[pattern] = (byte)
                    switch (kind) {
                        case 0 -> straight(beside, above, across);
                        case 1 -> straight(above, beside, across);
                        default -> diagonal(beside + above, across);
                    };
        }
        return contexts;
    }

    private static int straight(int main, int other, int across) {
        if (main == 2) {
            return 8;
        }
        if (main == 1) {
            return other > 0 ? 7 : across > 0 ? 6 : 5;
        }
        return other > 0 ? 2 + other : Math.min(across, 2);
    }

    private static int diagonal(int nearest, int across) {
        return switch (across) {
            case 0 -> Math.min(nearest, 2);
            case 1 -> 3 + Math.min(nearest, 2);
            case 2 -> nearest > 0 ? 7 : 6;
            default -> 8;
        };
    }

    /// Decodes a block; [#magnitude] and [#negative] tell the result until the next call.
    void decode(CodeBlock block, Band band, Coding coding, byte[] data) {
        prepare(block, band, coding);
        arithmetic.resetContexts();
        int plane = band.planes() - block.zeroPlanes - 1;
        int pass = 0;
        for (CodeBlock.Segment segment : block.segments) {
            bypassed = coding.has(Coding.BYPASS) && segment.firstPass >= 10 && (segment.firstPass + 2) % 3 < 2;
            begin(segment, data);
            for (int i = 0; i < segment.passes; i++, pass++) {
                int kind = (pass + 2) % 3;
                pass(kind, plane, coding);
                if (kind == 2) {
                    plane--;
                }
                if (coding.has(Coding.RESET)) {
                    arithmetic.resetContexts();
                }
            }
        }
    }

    private void prepare(CodeBlock block, Band band, Coding coding) {
        width = block.width;
        height = block.height;
        stride = width + 2;
        int cells = stride * (height + 2);
        if (flags.length < cells) {
            flags = new int[cells];
            magnitudes = new int[cells];
            negative = new boolean[cells];
        }
        Arrays.fill(flags, 0, cells, 0);
        Arrays.fill(magnitudes, 0, cells, 0);
        Arrays.fill(negative, 0, cells, false);
        zeroContexts = ZERO_CONTEXTS[band.right() == 1 ? 1 + band.down() : 0];
        causal = coding.has(Coding.VERTICALLY_CAUSAL);
    }

    private void begin(CodeBlock.Segment segment, byte[] data) {
        byte[] bytes = data;
        int from = segment.chunks.getFirst()[0];
        if (segment.chunks.size() > 1) {
            if (codeword.length < segment.length) {
                codeword = new byte[segment.length];
            }
            int at = 0;
            for (int[] chunk : segment.chunks) {
                System.arraycopy(data, chunk[0], codeword, at, chunk[1]);
                at += chunk[1];
            }
            bytes = codeword;
            from = 0;
        }
        if (bypassed) {
            raw.start(bytes, from, from + segment.length);
        } else {
            arithmetic.start(bytes, from, from + segment.length);
        }
    }

    private void pass(int kind, int plane, Coding coding) {
        switch (kind) {
            case 0 -> propagate(plane);
            case 1 -> refine(plane);
            default -> {
                cleanUp(plane);
                if (coding.has(Coding.SEGMENTATION_SYMBOLS)) {
                    for (int i = 0; i < 4; i++) {
                        arithmetic.decode(UNIFORM_CONTEXT);
                    }
                }
            }
        }
    }

    private int cell(int x, int y) {
        return (y + 1) * stride + x + 1;
    }

    /// The flags that the contexts may use: the next stripe does not exist for vertically causal contexts.
    private int seen(int cell, int y) {
        int all = flags[cell];
        return causal && y % STRIPE == STRIPE - 1 ? all & ~(SOUTHERN | SOUTH_NEGATIVE) : all;
    }

    private void propagate(int plane) {
        for (int top = 0; top < height; top += STRIPE) {
            int bottom = Math.min(top + STRIPE, height);
            for (int x = 0; x < width; x++) {
                for (int y = top, cell = cell(x, top); y < bottom; y++, cell += stride) {
                    int state = seen(cell, y);
                    if ((state & SIGNIFICANT) != 0 || (state & NEIGHBOURS) == 0) {
                        continue;
                    }
                    int bit = bypassed ? raw.bit() : arithmetic.decode(zeroContexts[state & NEIGHBOURS]);
                    if (bit == 1) {
                        becomeSignificant(cell, y, plane);
                    }
                    flags[cell] |= VISITED;
                }
            }
        }
    }

    private void refine(int plane) {
        for (int top = 0; top < height; top += STRIPE) {
            int bottom = Math.min(top + STRIPE, height);
            for (int x = 0; x < width; x++) {
                for (int y = top, cell = cell(x, top); y < bottom; y++, cell += stride) {
                    int state = flags[cell];
                    if ((state & (SIGNIFICANT | VISITED)) != SIGNIFICANT) {
                        continue;
                    }
                    int bit = bypassed ? raw.bit() : arithmetic.decode(magnitudeContext(cell, y));
                    int place = plane + 1;
                    magnitudes[cell] = (magnitudes[cell] & ~(1 << place)) | (bit << place) | (1 << plane);
                    flags[cell] |= REFINED;
                }
            }
        }
    }

    private int magnitudeContext(int cell, int y) {
        int state = seen(cell, y);
        if ((state & REFINED) != 0) {
            return FIRST_MAGNITUDE_CONTEXT + 2;
        }
        return (state & NEIGHBOURS) != 0 ? FIRST_MAGNITUDE_CONTEXT + 1 : FIRST_MAGNITUDE_CONTEXT;
    }

    private void cleanUp(int plane) {
        for (int top = 0; top < height; top += STRIPE) {
            int bottom = Math.min(top + STRIPE, height);
            for (int x = 0; x < width; x++) {
                int y = top;
                if (bottom - top == STRIPE && untouched(x, top)) {
                    if (arithmetic.decode(RUN_CONTEXT) == 0) {
                        continue;
                    }
                    y += arithmetic.decode(UNIFORM_CONTEXT) << 1;
                    y += arithmetic.decode(UNIFORM_CONTEXT);
                    becomeSignificant(cell(x, y), y, plane);
                    y++;
                }
                cleanUpColumn(x, y, bottom, plane);
                for (int cell = cell(x, top), i = top; i < bottom; i++, cell += stride) {
                    flags[cell] &= ~VISITED;
                }
            }
        }
    }

    private void cleanUpColumn(int x, int from, int bottom, int plane) {
        for (int y = from, cell = cell(x, from); y < bottom; y++, cell += stride) {
            int state = seen(cell, y);
            if ((state & (SIGNIFICANT | VISITED)) == 0 && arithmetic.decode(zeroContexts[state & NEIGHBOURS]) == 1) {
                becomeSignificant(cell, y, plane);
            }
        }
    }

    /// Whether a column of a stripe has nothing significant in or around it.
    private boolean untouched(int x, int top) {
        int cell = cell(x, top);
        int all = flags[cell] | flags[cell + stride] | flags[cell + 2 * stride] | seen(cell + 3 * stride, top + 3);
        return (all & (NEIGHBOURS | SIGNIFICANT | VISITED)) == 0;
    }

    /// Reads the sign (T.800 D.3.2) and tells the neighbours. The magnitude is kept in halves: one and a half
    /// units of the plane, so that what is not decoded any further lies in the middle of what it can be.
    private void becomeSignificant(int cell, int y, int plane) {
        boolean minus = bypassed ? raw.bit() == 1 : sign(seen(cell, y));
        magnitudes[cell] = 3 << plane;
        negative[cell] = minus;
        flags[cell] |= SIGNIFICANT;
        flags[cell - 1] |= EAST | (minus ? EAST_NEGATIVE : 0);
        flags[cell + 1] |= WEST | (minus ? WEST_NEGATIVE : 0);
        flags[cell - stride] |= SOUTH | (minus ? SOUTH_NEGATIVE : 0);
        flags[cell + stride] |= NORTH | (minus ? NORTH_NEGATIVE : 0);
        flags[cell - stride - 1] |= SOUTH_EAST;
        flags[cell - stride + 1] |= SOUTH_WEST;
        flags[cell + stride - 1] |= NORTH_EAST;
        flags[cell + stride + 1] |= NORTH_WEST;
    }

    private boolean sign(int state) {
        int beside = contribution(state, WEST, WEST_NEGATIVE) + contribution(state, EAST, EAST_NEGATIVE);
        int above = contribution(state, NORTH, NORTH_NEGATIVE) + contribution(state, SOUTH, SOUTH_NEGATIVE);
        int horizontal = Integer.signum(beside);
        int vertical = Integer.signum(above);
        boolean flipped = horizontal < 0 || (horizontal == 0 && vertical < 0);
        int context = horizontal == 0 ? Math.abs(vertical) : 3 + horizontal * vertical;
        return arithmetic.decode(FIRST_SIGN_CONTEXT + context) == (flipped ? 0 : 1);
    }

    private static int contribution(int state, int neighbour, int minus) {
        if ((state & neighbour) == 0) {
            return 0;
        }
        return (state & minus) != 0 ? -1 : 1;
    }

    /// Twice the magnitude of a coefficient of the last block.
    int magnitude(int x, int y) {
        return magnitudes[cell(x, y)];
    }

    /// Whether a coefficient of the last block is negative.
    boolean negative(int x, int y) {
        return negative[cell(x, y)];
    }
}
