package org.patchlens.tensor;

/// One score at a time.
record PlainBlockScan() implements BlockScan {
    @Override
    public void scan(Rows rows, Block block, Hits hits) {
        int dimensions = block.values().length / WIDTH;
        for (int row = 0; row < HEIGHT; row++) {
            hits.marks()[row] = 0;
            for (int point = 0; point < WIDTH; point++) {
                float score = block.halves()[point];
                for (int i = 0; i < dimensions; i++) {
                    score = Math.fma(rows.values()[rows.starts()[row] + i], block.values()[i * WIDTH + point], score);
                }
                hits.scores()[row * WIDTH + point] = score;
                hits.marks()[row] |= score <= rows.limits()[row] ? 1L << point : 0;
            }
        }
    }
}
