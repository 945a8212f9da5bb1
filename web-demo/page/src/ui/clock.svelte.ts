/** Unix time in milliseconds that moves once a second, on the second, while a component that made it lives. */
export class Clock {
	now = $state(Date.now());

	constructor() {
		$effect(() => {
			let timer: ReturnType<typeof setTimeout>;
			const tick = () => {
				this.now = Date.now();
				timer = setTimeout(tick, 1_000 - (this.now % 1_000));
			};
			tick();
			return () => clearTimeout(timer);
		});
	}
}
