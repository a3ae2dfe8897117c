/** The way to PostgreSQL: connections, migrations, transactions. The slices of control write their statements with it. */
@NullMarked
package dev.creel.control.database;

import org.jspecify.annotations.NullMarked;
