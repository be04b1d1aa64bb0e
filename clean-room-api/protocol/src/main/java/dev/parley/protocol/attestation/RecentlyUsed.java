package dev.parley.protocol.attestation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps so many values and forgets what was not used for longest. Thread-safe. */
final class RecentlyUsed<K, V> {
    private final Map<K, V> values;

    RecentlyUsed(int capacity) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized void keep(K key, V value) {
        values.put(key, value);
    }

    synchronized int size() {
        return values.size();
    }
}
