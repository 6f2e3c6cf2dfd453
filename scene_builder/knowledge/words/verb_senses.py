"""What verbs say: who moves, who is touched, how it ends, how things stand."""

from dataclasses import dataclass
from typing import Literal

from scene_builder.model.words import Direction, OutcomePredicate, Predicate, Verb

Kind = Literal[
    "motion", "go", "handle", "contact", "topple", "posture", "result",
    "relate", "put", "carry", "receive", "send", "pass", "scenery",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What one verb (with its particle) says.

    Attributes:
        base: Base form, particle included ("knock over").
        kind: `motion`: the subject moves; `go`: it moves as such things do; `handle`: the
            object is moved; `contact`: the subject touches the object;
            `topple`: the object (or, without one, the subject) falls over;
            `posture`: the subject stays; `result`: it only says how something ends; `relate`: it
            says how subject and object stand to each other; `put`: the object is put somewhere;
            `carry`: the object goes with the subject; `receive`: the object ends in the subject;
            `send`: the object is set in motion, the next verb says how; `pass`: the subject goes
            by the object; `scenery`: it says nothing that could be staged.
        verb: The action, if it says one.
        outcome: The outcome, if it says one.
        direction: The direction, if it says one.
        relation: The relation of `relate`.
        inverse: Whether that relation is the object's to the subject ("a bowl holds apples").
    """

    base: str
    kind: Kind
    verb: Verb | None = None
    outcome: OutcomePredicate | None = None
    direction: Direction | None = None
    relation: Predicate | None = None
    inverse: bool = False


def _motion(
    verb: Verb, bases: str, *, outcome: OutcomePredicate | None = None,
    direction: Direction | None = None,
) -> list[Sense]:  # fmt: skip
    return [
        Sense(base=base, kind="motion", verb=verb, outcome=outcome, direction=direction)
        for base in _bases(bases)
    ]


def _handle(verb: Verb, bases: str, *, direction: Direction | None = None) -> list[Sense]:
    return [
        Sense(base=base, kind="handle", verb=verb, direction=direction) for base in _bases(bases)
    ]


def _ends(outcome: OutcomePredicate, bases: str, kind: Kind = "result") -> list[Sense]:
    return [Sense(base=base, kind=kind, outcome=outcome) for base in _bases(bases)]


def _relate(relation: Predicate | None, bases: str, *, inverse: bool = False) -> list[Sense]:
    return [
        Sense(base=base, kind="relate", relation=relation, inverse=inverse, verb="stay")
        for base in _bases(bases)
    ]


def _kind(kind: Kind, bases: str) -> list[Sense]:
    return [Sense(base=base, kind=kind) for base in _bases(bases)]


def _bases(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


SENSES: tuple[Sense, ...] = (
    *_motion("roll", "roll barrel drive race speed trundle ride coast cruise careen hurtle rumble "
                     "trickle wheel pedal cycle chug bowl_along"),
    *_motion("roll", "reverse back back_up", direction="backward"),
    *_motion("slide", "slide glide skid slip skate move drift_sideways slither scoot ski shift "
                      "skim snake"),
    *_motion("fall", "fall tumble plunge plummet sink nosedive descend clatter"),
    *_motion("drop", "drop plop plonk"),
    *_motion("bounce", "bounce hop rebound ricochet bounce_back spring_back", outcome="bounces"),
    *_motion("spin", "spin rotate twirl whirl revolve pirouette swirl gyrate"),
    *_motion("swing", "swing sway oscillate wobble teeter flap waver rock"),
    *_motion("float", "float hover levitate drift bob waft"),
    *_motion("fly", "fly soar sail zoom whizz flutter zip swoop shoot streak arc"),
    *_motion("walk", "walk stroll wander march crawl tiptoe waddle strut stride creep pace amble "
                     "shuffle toddle trot climb hobble prowl stagger step"),
    *_motion("run", "run dash sprint jog gallop scamper rush charge scurry bolt scuttle dart"),
    *_motion("turn", "turn twist pivot swivel turn_around flip somersault cartwheel"),
    *_motion("launch", "jump leap blast_off take_off lift_off vault spring pounce"),
    *_motion("launch", "rise shoot_up rocket_up", direction="up"),
    *_motion("explode", "explode blow_up burst erupt detonate pop shatter break "
                        "break_apart blast_apart fly_apart"),
    *_motion("melt", "melt thaw dissolve melt_away liquefy"),
    *_motion("pour", "spill flow gush leak stream cascade"),
    *_motion("open", "swing_open creak_open pop_open fly_open slide_open fall_open "
                    "flip_open spring_open"),
    *_motion("close", "slam_shut swing_shut slide_shut swing_closed"),
    *_handle("throw", "throw toss hurl fling lob pitch sling chuck cast flick"),
    *_handle("push", "push shove nudge press prod poke bulldoze sweep wheel thrust"),
    *_handle("roll", "bowl"),
    *_handle("fly", "blow"),
    *_handle("pull", "pull drag tug tow haul yank draw reel lug"),
    *_handle("pull", "lift raise hoist winch pull_up pick_up", direction="up"),
    *_handle("kick", "kick punt"),
    *_handle("launch", "launch shoot fire catapult propel eject"),
    *_handle("drop", "release let_go_of let_fall let_drop let_slip dump lower"),
    *_handle("pour", "pour sprinkle scatter empty"),
    *_handle("stack", "stack pile"),
    *_handle("open", "open unlatch unlock"),
    *_handle("close", "close shut slam"),
    *_handle("spin", "twiddle"),
    *_ends("touches", """hit strike touch ram bump crash_into smash_into slam_into bump_into
        collide_with bang_into knock_into knock_against bump_against crash_against
        smash_against brush_against brush plow_into plough_into graze tap clip knock reach smack
        whack slap meet collide crash smash slam_against thud_into thud_against crash_onto
        clang_off glance_off bang_against bounce_off rebound_off ricochet_off squash
        crush hammer punch crash_to smash_to smash_onto nick bonk bang clang knock_on
        break_through make_contact_with come_into_contact_with bounce_into butt headbutt swat scrape
        scrape_against rub_against thump thwack wallop clout bash barge_into pile_into
        run_up_against
        bump_up_against come_up_against fetch_up_against press_against cling_to latch_onto
        clatter_into clatter_against rap impact ram_into thump_into thump_against strike_against
        hit_against jolt connect_with touch_against""",
        "contact"),
    *_ends("knocks_over", """knock_over knock_down topple topple_over tip_over bowl_over overturn
        flatten push_over knock_out bring_down tip upset kick_over take_out take_down mow_down
        bowl_down kick_down throw_over blow_over knock_aside knock_flat nudge_over bump_over
        shove_over butt_over sweep_over hit_over turn_over flip_over strike_down lay_flat
        lay_low demolish pull_over pull_down tilt_over""", "topple"),
    *_ends("falls", """fall_over fall_down collapse tumble_down keel_over go_down come_down
        crumble give_way cave_in come_tumbling_down come_crashing_down topple_down crash_down
        fall_apart fall_flat topple_over tip_over tumble_over tumble_down
        go_over fall_to_pieces heel_over capsize lose_its_balance lose_their_balance
        fall_on_its_side
        lose_balance buckle crumple bite_the_dust fall_sideways topple_sideways tip_sideways
        land_on_its_side end_up_on_its_side lie_flat end_up_flat drop_flat go_flying_over
        fall_backwards"""),
    *_ends("lands_on", """land_on come_down_on end_up_on_top_of land_on_top_of
        come_to_rest_on_top_of end_up_on come_to_rest_on settle_on land_onto land_upon
        touch_down_on come_to_lie_on come_down_upon wind_up_on wind_up_on_top_of finish_on
        finish_up_on end_on drop_down_on alight_on come_to_lie_upon plop_down_on crash_down_on
        slam_down_on thump_down_on land_up_on settle_down_on come_to_rest_upon
        come_down_on_top_of come_to_lie_on_top_of touch_down_in"""),
    *_ends("lands_in", """land_in land_inside end_up_in settle_in come_to_rest_in
        come_to_rest_inside end_up_inside come_down_in go_in go_into come_down_inside land_into
        disappear_into vanish_into splash_into plop_into sink_into wind_up_in wind_up_inside
        finish_in finish_up_in end_in come_to_lie_in come_to_lie_inside splash_down_in splash_in
        plop_in vanish_in disappear_in vanish_inside disappear_inside land_up_in fetch_up_in
        find_its_way_into come_down_into plunge_into"""),
    *_ends("avoids", "miss avoid dodge narrowly_miss just_miss spare pass_without_touching "
                     "steer_clear_of stop_short_of "
                     "stop_just_short_of clear fall_short_of stay_clear_of keep_clear_of "
                     "go_wide_of "
                     "fly_wide_of bypass fail_to_hit fail_to_touch fail_to_reach swerve_around "
                     "steer_around leave_untouched"),
    *_ends("comes_to_rest", """come_to_rest stop come_to_a_stop come_to_a_halt halt
        come_to_a_standstill settle lie_still stop_moving roll_to_a_stop grind_to_a_halt
        slide_to_a_stop stop_rolling stop_moving stop_spinning roll_to_a_halt stop_dead
        stop_sliding stop_turning stop_swinging pull_up come_to_lie stop_short come_to_stand
        draw_to_a_halt roll_to_a_standstill slow_to_a_halt slow_to_a_stop slide_to_a_halt
        skid_to_a_halt skid_to_a_stop drift_to_a_stop brake cease_moving cease_rolling
        roll_to_rest slide_to_rest stay_lying remain_lying"""),
    *_ends("stays_on", "stay_on remain_on stay_put_on stay_balanced_on remain_standing_on "
                       "stay_upright_on keep_its_place_on"),
    *_ends("leaves_frame", """leave_the_frame leave_the_picture leave_the_shot leave_the_scene
        exit_the_frame exit_frame leave_frame leave_shot exit_the_shot disappear vanish
        exit_the_picture exit go_out_of_view pass_out_of_view
        go_out_of_sight leave_view leave_the_view leave_the_screen go_out_of_shot
        go_out_of_frame"""),
    *_ends("moves", "budge stir start_moving get_moving begin_to_move start_to_move be_moved"),
    *(Sense(base=base, kind="posture", verb="stay") for base in _bases("""
        rest sit stand lie stay stay_put hold_on sit_tight remain wait balance perch be_perched
        lean_back kneel crouch sleep
        linger keep_still huddle pose park lurk loom tower live""")),
    *_relate("against", "lean prop"),
    *_relate("hanging_from", "hang dangle suspend"),
    *_relate("attached_to", """attach fix fasten glue tie bolt mount nail chain tape screw stick
        tether fit strap hook connect pin clamp"""),
    *_relate("facing", "face stare_at look_at gaze_at point_at"),
    *_relate("around", "surround encircle ring"),
    *_relate("inside", "contain hold house", inverse=True),
    *_relate("on", "support bear", inverse=True),
    *_relate("in_row", "line_up"),
    *_relate("between", "flank", inverse=True),
    *_relate("above", "overhang"),
    *_relate("on", "cover straddle span"),
    *_kind("put", "put place situate locate set lay position arrange set_down put_down "
                  "seat drape line deposit "
                  "load insert leave scatter_around"),
    *_kind("carry", "carry bring hold_up transport ferry wear clutch grip cradle juggle "
                    "balance_on"),
    *_kind("receive", "catch swallow trap scoop"),
    *(Sense(base=base, kind="contact", verb="roll", outcome="touches") for base in (
        "run over", "drive over")),
    *_kind("send", "send make knock cause force"),
    *_kind("pass", "pass go_past pass_by go_by skirt overtake"),
    *_kind("go", "go come travel head proceed advance"),
    *_kind("scenery", """show see watch look seem appear say know want need think imagine find
        happen try begin start keep build turn_into become glow shine burn flicker sparkle smell
        stretch gleam sing play dance read break_down break_free break_loose break_out
        break_away break_up eat drink talk wink smile laugh cry scream
        cheer snap bend smoke steam light illuminate fill feel hear listen wear_out last have
        begin_to         follow chase remember promise inherit wonder hope love hate enjoy tell ask
        call hide cut
        cook paint draw_a tick purr bark meow quack roar hum buzz snore yawn growl click
        get reveal capture depict feature display glisten shimmer reflect grow bloom cast_a
        lean_over crack creak squeak splash frost twinkle knit decorate require manage continue
        celebrate compete win lose finish study work exercise relax enter arrive return use allow
        let cross defy cling focus generate create render simulate picture visualize visualise
        present describe prepare echo fail gather wrap teach treat tempt thank refuse agree decide
        insist pretend deserve expect plan wish hurry matter belong change repeat mean pay sell
        buy shake tremble vibrate jiggle quiver shudder rattle split tear score stumble trip sneeze
        nibble escape believe discover bet doubt withstand sag snag lash slow veer tilt hop_on
        deserve pick answer guess forget escape practise lead register nod trail curve"""),
)  # fmt: skip

ALSO_HANDLED: frozenset[str] = frozenset(
    _bases("""
    roll drop spin slide swing bounce turn fly rotate float drive race explode pop melt blow_up
    burst spill break shatter twirl tumble sail rock twist move slip whirl sink glide shift speed
    ride wheel wobble swing_open""")
)
"""Motion verbs that also take an object ("a boy rolls a ball")."""

ALSO_MOVING: frozenset[str] = frozenset(
    _bases("""
    open close shut pour launch shoot fire slam unlock empty scatter dump blow tow press""")
)
"""Verbs of handling that without an object speak of their subject ("the door opens")."""
