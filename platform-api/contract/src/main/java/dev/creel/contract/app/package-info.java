/** Who and what: tenants, applications, revisions and host names as values that check themselves. */
@NullMarked
package dev.creel.contract.app;

import org.jspecify.annotations.NullMarked;
