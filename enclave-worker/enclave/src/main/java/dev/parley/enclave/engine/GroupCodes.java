package dev.parley.enclave.engine;

import dev.parley.policy.bundle.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers for the values of a dimension, so that the engine groups by integers. */
sealed interface GroupCodes {
    /** For a value that no group has. */
    int NONE = -1;

    /** How many codes there can be; known without data. */
    int size();

    int code(String value) throws EngineFailure;

    String value(int code);

    /** The declared domain, in its order. Other values belong to no group. */
    final class Declared implements GroupCodes {
        private final List<String> values;
        private final Map<String, Integer> codes = new HashMap<>();

        Declared(Domain domain) {
            values = domain.values();
            for (var value : values) {
                codes.put(value, codes.size());
            }
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public int code(String value) {
            return codes.getOrDefault(value, NONE);
        }

        @Override
        public String value(int code) {
            return values.get(code);
        }
    }

    /** The values that occur, in the order in which threads come upon them: codes differ from run to run, values do not. */
    final class Found implements GroupCodes {
        static final int MOST = 1 << 20;

        private final Map<String, Integer> codes = new ConcurrentHashMap<>();
        private final List<String> values = new ArrayList<>();

        @Override
        public int size() {
            return MOST;
        }

        @Override
        public int code(String value) throws EngineFailure {
            var known = codes.get(value);
            return known == null ? add(value) : known;
        }

        private synchronized int add(String value) throws EngineFailure {
            var known = codes.get(value);
            if (known != null) {
                return known;
            }
            if (values.size() == MOST) {
                throw new EngineFailure(EngineFailure.Code.RUN_FAILED);
            }
            values.add(value);
            codes.put(value, values.size() - 1);
            return values.size() - 1;
        }

        @Override
        public synchronized String value(int code) {
            return values.get(code);
        }
    }
}
