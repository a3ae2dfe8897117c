/**
 * Bodies between event loops and guests: bounded pipes with back pressure. Used by the ingress and by outgoing requests. Event
 * loops only move bytes here and never wait.
 */
@NullMarked
package dev.creel.host.body;

import org.jspecify.annotations.NullMarked;
