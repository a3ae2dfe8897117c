/** Content by digest: names of repositories, digests, and the port through which parts read artifacts. The artifact store fills it; control and executors read. */
@NullMarked
package dev.creel.contract.artifact;

import org.jspecify.annotations.NullMarked;
