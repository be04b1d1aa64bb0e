package dev.parley.cli.seal;

import dev.parley.protocol.sealing.column.Row;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;

/** Dates, and times of UTC to the microsecond. Forms that put the day or the month first are ambiguous and refused. */
enum TimeCell implements Cell {
    DATE {
        @Override
        public void put(Row row, int column, byte[] utf8, int from, int to) throws Unfit {
            if (to - from != DATE_LENGTH) {
                throw new Unfit(SealCode.CELL_NOT_DATE);
            }
            row.date(column, (int) day(utf8, from, SealCode.CELL_NOT_DATE));
        }
    },
    TIMESTAMP {
        @Override
        public void put(Row row, int column, byte[] utf8, int from, int to) throws Unfit {
            row.number(column, micros(utf8, from, to));
        }
    };

    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final int MAX_FRACTION = 6;
    private static final long MICROS = 1_000_000L;

    private static long day(byte[] text, int at, SealCode code) throws Unfit {
        if (text[at + 4] != '-' || text[at + 7] != '-') {
            throw new Unfit(code);
        }
        try {
            return LocalDate.of(digits(text, at, 4, code), digits(text, at + 5, 2, code), digits(text, at + 8, 2, code))
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw new Unfit(code);
        }
    }

    private static long micros(byte[] text, int from, int to) throws Unfit {
        var code = SealCode.CELL_NOT_TIMESTAMP;
        var end = to > from && text[to - 1] == 'Z' ? to - 1 : to;
        if (end - from < SECONDS_LENGTH
                || (text[from + DATE_LENGTH] != 'T' && text[from + DATE_LENGTH] != ' ')
                || text[from + 13] != ':'
                || text[from + 16] != ':') {
            throw new Unfit(code);
        }
        try {
            var time = LocalTime.of(
                    digits(text, from + 11, 2, code),
                    digits(text, from + 14, 2, code),
                    digits(text, from + 17, 2, code));
            var seconds = Math.addExact(Math.multiplyExact(day(text, from, code), 86_400L), time.toSecondOfDay());
            return Math.addExact(Math.multiplyExact(seconds, MICROS), fraction(text, from + SECONDS_LENGTH, end));
        } catch (DateTimeException | ArithmeticException e) {
            throw new Unfit(code);
        }
    }

    private static long fraction(byte[] text, int from, int end) throws Unfit {
        if (from == end) {
            return 0;
        }
        var count = end - from - 1;
        if (text[from] != '.' || count < 1 || count > MAX_FRACTION) {
            throw new Unfit(SealCode.CELL_NOT_TIMESTAMP);
        }
        long micros = digits(text, from + 1, count, SealCode.CELL_NOT_TIMESTAMP);
        for (var i = count; i < MAX_FRACTION; i++) {
            micros *= 10;
        }
        return micros;
    }

    private static int digits(byte[] text, int from, int count, SealCode code) throws Unfit {
        var value = 0;
        for (var i = from; i < from + count; i++) {
            if (text[i] < '0' || text[i] > '9') {
                throw new Unfit(code);
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
