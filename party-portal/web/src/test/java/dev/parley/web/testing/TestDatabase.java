package dev.parley.web.testing;

import dev.parley.web.database.Transactions;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import java.sql.SQLException;

/** A database of its own with the portal's tables. */
public final class TestDatabase implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 16;

    private final TestCluster cluster;
    private final String name;
    private final AgroalDataSource connections;

    private TestDatabase(TestCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        this.connections = pool(cluster.url(name));
    }

    public static TestDatabase create() {
        return in(TestCluster.shared());
    }

    /** On a server of its own, for {@link #restart()}. */
    public static TestDatabase alone() {
        return in(TestCluster.create());
    }

    private static TestDatabase in(TestCluster cluster) {
        return new TestDatabase(cluster, cluster.newDatabase());
    }

    private static AgroalDataSource pool(String url) {
        var settings = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(MOST_CONNECTIONS)
                        .connectionFactoryConfiguration(
                                connection -> connection.jdbcUrl(url).principal(new NamePrincipal("postgres"))));
        try {
            return AgroalDataSource.from(settings);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Transactions transactions() {
        return new Transactions(connections);
    }

    /** The same database after its server stopped: what a restart leaves are the files. */
    public TestDatabase restart() {
        close();
        return new TestDatabase(cluster.restart(), name);
    }

    @Override
    public void close() {
        connections.close();
    }
}
