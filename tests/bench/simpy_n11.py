#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Case N11 (five desks, Poisson arrivals, exponential work) in SimPy, for make bench.

Usage: simpy_n11.py CASES [SEED]. Prints: events (arrivals plus completed steps), mean cycle time, CPU seconds of the run
alone, version of SimPy. Statistics kept: cycle time, and the wait at each desk. Understands SimPy 2 (Debian 12) and 3 or later.
"""
import random
import sys
import time

# people, mean minutes of work, ways out
DESKS = {
    "Intake": (2, 1.2, (("Legal", 0.3), ("Review", 1.0))),
    "Legal": (1, 1.8, (("Review", 1.0),)),
    "Review": (3, 1.8, (("Approve", 0.8), ("Intake", 1.0))),
    "Approve": (1, 0.72, (("Dispatch", 0.9), ("Review", 1.0))),
    "Dispatch": (1, 0.6, ((None, 1.0),)),
}


class Tally:
    def __init__(self):
        self.events = self.cases = 0
        self.cycle = 0.0
        self.waits = {name: [0, 0.0] for name in DESKS}

    def served(self, desk, wait):
        self.events += 1
        self.waits[desk][0] += 1
        self.waits[desk][1] += wait

    def left(self, cycle):
        self.cases += 1
        self.cycle += cycle


def next_desk(desk, rng):
    u = rng.random()
    for name, until in DESKS[desk][2]:
        if u < until:
            return name
    return None


def with_simpy(simpy, cases, rng, tally):
    """SimPy 3 and later: generators and resources of an environment."""
    env = simpy.Environment()
    desks = {name: simpy.Resource(env, people) for name, (people, _, _) in DESKS.items()}

    def one_case():
        arrived, desk = env.now, "Intake"
        while desk:
            joined = env.now
            with desks[desk].request() as turn:
                yield turn
                tally.served(desk, env.now - joined)
                yield env.timeout(rng.expovariate(1 / DESKS[desk][1]))
            desk = next_desk(desk, rng)
        tally.left(env.now - arrived)

    def arrivals():
        for _ in range(cases):
            yield env.timeout(rng.expovariate(1.0))
            tally.events += 1
            env.process(one_case())

    env.process(arrivals())
    env.run()
    return getattr(simpy, "__version__", "?")


def with_simpy_2(package, cases, rng, tally):
    """SimPy 2: processes that yield what they want."""
    from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

    sim = Simulation()
    sim.initialize()
    desks = {name: Resource(capacity=people, name=name, sim=sim) for name, (people, _, _) in DESKS.items()}

    class OneCase(Process):
        def go(self):
            arrived, desk = sim.now(), "Intake"
            while desk:
                joined = sim.now()
                yield request, self, desks[desk]
                tally.served(desk, sim.now() - joined)
                yield hold, self, rng.expovariate(1 / DESKS[desk][1])
                yield release, self, desks[desk]
                desk = next_desk(desk, rng)
            tally.left(sim.now() - arrived)

    class Arrivals(Process):
        def go(self):
            for _ in range(cases):
                yield hold, self, rng.expovariate(1.0)
                tally.events += 1
                case = OneCase(sim=sim)
                sim.activate(case, case.go())

    source = Arrivals(sim=sim)
    sim.activate(source, source.go())
    sim.simulate(until=1e12)
    return package.__version__


def main():
    cases = int(sys.argv[1])
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    tally = Tally()
    try:
        import simpy as package
        run = with_simpy
    except ImportError:
        try:
            import SimPy as package
            run = with_simpy_2
        except ImportError:
            print("no SimPy here: Debian package python3-simpy", file=sys.stderr)
            return 77
    begin = time.process_time()
    version = run(package, cases, rng, tally)
    cpu = time.process_time() - begin
    print(f"{tally.events} {tally.cycle / tally.cases:.4f} {cpu:.3f} {version}")
    return 0


sys.exit(main())
