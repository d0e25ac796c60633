"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { EMPTY_ORDER, type Order, reviveOrder, withPicture } from "./order";

/**
 * The form's state. It outlives a reload in this tab; settings that were recalled by a link come first, once,
 * and the link is then cleaned so that a reload shows what has been changed since.
 */
export function useOrder(slug: string, recalled: Order | null) {
  const key = `kinora:order:${slug}`;
  const [order, setOrder] = useState(recalled ?? EMPTY_ORDER);
  const isRead = useRef(false);

  useEffect(() => {
    if (recalled) {
      setOrder(recalled);
      window.history.replaceState(null, "", window.location.pathname);
    } else if (!isRead.current) {
      const kept = read(key);
      if (kept) setOrder(kept);
    }
    isRead.current = true;
  }, [key, recalled]);

  useEffect(() => {
    // The first empty form is drawn before what was kept is read; written, it would be lost to whoever reads next.
    if (order !== EMPTY_ORDER) write(key, order);
  }, [key, order]);

  const change = useCallback((part: Partial<Order>) => {
    const fitting = part.picture ? withPicture(part, part.picture) : part;
    setOrder((now) => ({ ...now, ...fitting }));
  }, []);
  return { order, change };
}

function read(key: string): Order | null {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? null : reviveOrder(JSON.parse(text));
  } catch {
    // Storage switched off, or something else under our name: begin empty.
    return null;
  }
}

function write(key: string, order: Order): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(order));
  } catch {
    // Storage switched off or full: the form works, it only does not outlive a reload.
  }
}
