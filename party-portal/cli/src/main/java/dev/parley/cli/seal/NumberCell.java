package dev.parley.cli.seal;

import dev.parley.protocol.sealing.column.Row;

/**
 * Whole numbers and decimals: a minus perhaps, digits, and for decimals a point and digits. No plus, exponent, space or
 * grouping: those differ from country to country.
 *
 * @param scale digits behind the point that are kept; zeros behind them may stand
 */
record NumberCell(int scale, boolean whole) implements Cell {
    static NumberCell ofWhole() {
        return new NumberCell(0, true);
    }

    static NumberCell ofDecimal(int scale) {
        return new NumberCell(scale, false);
    }

    @Override
    public void put(Row row, int column, byte[] utf8, int from, int to) throws Unfit {
        row.number(column, parse(utf8, from, to));
    }

    /** Counted downwards, since there is one more negative number than positive ones. */
    private long parse(byte[] text, int from, int to) throws Unfit {
        var negative = text[from] == '-';
        var at = negative ? from + 1 : from;
        var point = -1;
        var places = 0;
        var first = at;
        long value = 0;
        for (; at < to; at++) {
            var octet = text[at];
            if (octet == '.' && !whole && point < 0 && at > first) {
                point = at;
            } else if (octet < '0' || octet > '9') {
                throw new Unfit(whole ? SealCode.CELL_NOT_WHOLE : SealCode.CELL_NOT_DECIMAL);
            } else if (point >= 0 && places == scale) {
                requireZero(octet);
            } else {
                value = append(value, octet - '0');
                places += point >= 0 ? 1 : 0;
            }
        }
        if (first == to || point == to - 1) {
            throw new Unfit(whole ? SealCode.CELL_NOT_WHOLE : SealCode.CELL_NOT_DECIMAL);
        }
        for (; places < scale; places++) {
            value = append(value, 0);
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw new Unfit(SealCode.CELL_OUT_OF_RANGE);
        }
        return negative ? value : -value;
    }

    private static void requireZero(byte octet) throws Unfit {
        if (octet != '0') {
            throw new Unfit(SealCode.CELL_TOO_PRECISE);
        }
    }

    private static long append(long negated, int digit) throws Unfit {
        if (negated < (Long.MIN_VALUE + digit) / 10) {
            throw new Unfit(SealCode.CELL_OUT_OF_RANGE);
        }
        return negated * 10 - digit;
    }
}
